/** Facts to their threads, some at a time; a thread that does not answer harms no other. */
import { Context } from '@temporalio/activity';
import type { HealedThreads } from '../../workflows/contract/reconcile.js';
import type { ThreadFacts } from './by-thread.js';
import type { ThreadsToHeal } from './ports.js';

const atOnce = 8;

export type HandedOver = {
  readonly healed: HealedThreads;
  readonly unreached: readonly ThreadFacts[];
};

export async function handOver(
  threads: ThreadsToHeal,
  domainId: string,
  all: readonly ThreadFacts[],
): Promise<HandedOver> {
  const waiting = [...all];
  const unreached: ThreadFacts[] = [];
  const healed = { threadIds: [] as string[], contents: 0, facts: 0 };
  const work = async () => {
    for (let facts = waiting.shift(); facts; facts = waiting.shift()) {
      Context.current().heartbeat();
      try {
        const { threadId, sourceId, events } = facts;
        const key = keyOf(facts);
        const told = await threads.heal({ domainId, threadId, sourceId, events, key });
        if (told.fresh > 0) healed.threadIds.push(threadId);
        healed.contents += told.contents;
        healed.facts += told.fresh - told.contents;
      } catch (error) {
        if (Context.current().cancellationSignal.aborted) throw error;
        Context.current().log.warn('a thread did not take its facts', { threadId: facts.threadId });
        unreached.push(facts);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { healed, unreached };
}

/** The same facts have the same key within one run, whichever attempt hands them over. */
function keyOf({ events }: ThreadFacts): string {
  const { runId = '' } = Context.current().info.workflowExecution ?? {};
  return `${runId}/${events.length}/${events[0]?.id ?? ''}/${events.at(-1)?.id ?? ''}`;
}
