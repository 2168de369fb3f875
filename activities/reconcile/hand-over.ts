/** Hands events to their threads, some at a time; a thread that fails does not affect the others. */
import { Context } from '@temporalio/activity';
import type { BackfilledThreads } from '../../workflows/contract/reconcile.js';
import type { ThreadFacts } from './by-thread.js';
import type { ThreadsToBackfill } from './ports.js';

const atOnce = 8;

export type HandedOver = {
  readonly backfilled: BackfilledThreads;
  readonly unreached: readonly ThreadFacts[];
};

export async function handOver(
  threads: ThreadsToBackfill,
  domainId: string,
  all: readonly ThreadFacts[],
): Promise<HandedOver> {
  const waiting = [...all];
  const unreached: ThreadFacts[] = [];
  const backfilled = { threadIds: [] as string[], contents: 0, facts: 0 };
  const work = async () => {
    for (let facts = waiting.shift(); facts; facts = waiting.shift()) {
      Context.current().heartbeat();
      try {
        const { threadId, sourceId, events } = facts;
        const key = keyOf(facts);
        const result = await threads.backfill({ domainId, threadId, sourceId, events, key });
        if (result.fresh > 0) backfilled.threadIds.push(threadId);
        backfilled.contents += result.contents;
        backfilled.facts += result.fresh - result.contents;
      } catch (error) {
        if (Context.current().cancellationSignal.aborted) throw error;
        Context.current().log.warn('a thread did not accept its events', {
          threadId: facts.threadId,
        });
        unreached.push(facts);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { backfilled, unreached };
}

/** Key of a set of events: the same in every attempt of a run. */
function keyOf({ events }: ThreadFacts): string {
  const { runId = '' } = Context.current().info.workflowExecution ?? {};
  return `${runId}/${events.length}/${events[0]?.id ?? ''}/${events.at(-1)?.id ?? ''}`;
}
