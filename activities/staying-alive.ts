/**
 * Sends heartbeats for long activities, so that they are restarted soon after the death of their
 * worker and learn of a cancellation. Local activities need neither.
 */
import { Context } from '@temporalio/activity';

const beat = 2_000;

export async function stayingAlive<T>(doing: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const alive = context.info.isLocal
    ? undefined
    : setInterval(() => {
        context.heartbeat();
      }, beat);
  try {
    return await doing(context.cancellationSignal);
  } finally {
    clearInterval(alive);
  }
}
