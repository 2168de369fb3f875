/**
 * Two thousand idle conversations. What they cost a worker is printed, not judged: machines differ. That
 * one it has long forgotten goes on is judged.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { domainId, sources, users } from '../../simulator/seed.js';
import {
  engageEvents,
  phaseQuery,
  taskQueues,
  threadWorkflow,
  threadWorkflowId,
  type EngageEvent,
} from '../../workflows/contract/index.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const threads = 2_000;
const step = 500;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const idOf = (number: number) => `idle-${number}`;

/** An agent has written: the thread is theirs, and nothing is to be done for a day. */
async function begin(number: number): Promise<void> {
  const threadId = idOf(number);
  await world.temporal.client.workflow.signalWithStart(threadWorkflow, {
    workflowId: threadWorkflowId(domainId, threadId),
    taskQueue: taskQueues.threads,
    args: [{ domainId, threadId, sourceId: sources.chat }],
    signal: engageEvents,
    signalArgs: [[agentWrote(threadId)]],
  });
}

function agentWrote(threadId: string): EngageEvent {
  return {
    id: `event-${threadId}`,
    issuedAt: Date.now(),
    type: 'content.replied',
    userId: users['agent-1'],
    content: {
      id: `content-${threadId}`,
      sourceId: sources.chat,
      body: 'Your order has arrived.',
      isPrivate: true,
      hasAttachment: false,
      categoryIds: [],
      creatorId: users['agent-1'],
    },
  };
}

const phaseOf = (number: number): Promise<string> =>
  world.temporal.client.workflow
    .getHandle(threadWorkflowId(domainId, idOf(number)))
    .query(phaseQuery);

async function phases(numbers: readonly number[]): Promise<ReadonlySet<string>> {
  return new Set(await Promise.all(numbers.map(phaseOf)));
}

it('cost storage, and little memory', { timeout: 600_000 }, async () => {
  const megabytes = () => Math.round(process.memoryUsage().rss / 1_000_000);
  const measured = [`none: ${megabytes()} MB`];
  const all = Array.from({ length: threads }, (_, i) => i);
  for (let from = 0; from < threads; from += step) {
    const some = all.slice(from, from + step);
    for (let i = 0; i < step; i += 20) await Promise.all(some.slice(i, i + 20).map(begin));
    await eventually(() => phases(some.slice(-20)).catch(() => undefined)).toEqual(
      new Set(['agent']),
    );
    measured.push(`${from + step}: ${megabytes()} MB`);
  }
  console.log(`process with ingress, simulator and worker, idle threads: ${measured.join(', ')}`);
  expect(await phases(all.slice(0, 20))).toEqual(new Set(['agent']));
});
