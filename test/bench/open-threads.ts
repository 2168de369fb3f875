/** Threads that are open and idle: a human has them, and nobody writes. */
import { categories, domainId, sources, users } from '../../simulator/seed.js';
import { createStartOptions } from '../../temporal/start-thread.js';
import { engageEvents, threadWorkflow, type EngageEvent } from '../../workflows/contract/index.js';
import type { MeasuredStack } from '../harness/measured-stack.js';
import { until } from '../harness/until.js';
import type { Seeded } from './seeded.js';
import { eachOf } from './writers.js';

const atOnce = 16;

/** Until there are so many. */
export async function fill(
  { server }: Pick<MeasuredStack, 'server'>,
  chance: Seeded,
  from: number,
  to: number,
): Promise<void> {
  const ids = Array.from({ length: to - from }, (_, at) => `open-${from + at}`);
  await eachOf(ids, atOnce, async (threadId) => {
    await server.workflows.signalWithStart(threadWorkflow, {
      ...createStartOptions({ domainId, threadId, sourceId: sources.chat }),
      signal: engageEvents,
      signalArgs: [[agentWrote(threadId, chance.text(120))]],
    });
  });
  // What was begun last is idle last.
  await until(
    'idle threads',
    async () => {
      const query = `BatonPhase = 'agent' AND ExecutionStatus = 'Running'`;
      const { count } = await server.workflows.count(query);
      return count >= to ? true : undefined;
    },
    { within: 300_000, every: 500 },
  );
}

/** @param mark distinguishes several contents of a thread */
export function agentWrote(threadId: string, body: string, mark = '1'): EngageEvent {
  const content = {
    ...{ id: `${threadId}-content-${mark}`, sourceId: sources.chat, body, isPrivate: true },
    ...{ hasAttachment: false, categoryIds: [categories.agent], creatorId: users['agent-1'] },
  };
  const fact = { id: `${threadId}-event-${mark}`, issuedAt: Date.now(), content };
  return { ...fact, type: 'content.replied', userId: users['agent-1'] };
}
