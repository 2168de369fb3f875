/**
 * What may take its time says that it is alive: so that it is done elsewhere soon after its worker has
 * died, and hears when nobody wants it any more. A local activity needs neither.
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
