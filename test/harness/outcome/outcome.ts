/**
 * Reads what came of a run from the platform's account and from Temporal, and counts it.
 *
 * Temporal buffers a signal that comes during a workflow task, and appends it to the history a little later:
 * an event that a history lacks is looked for again before it counts as lost.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowClient } from '@temporalio/client';
import type { State } from '../../../simulator/state.js';
import type { ThreadCard } from '../../../workflows/contract/index.js';
import { inBatches } from '../until.js';
import { isLost, type Acknowledged, type Received } from './acknowledged.js';
import { count, type Counts, type Expected } from './count.js';
import { cardAtRest, receivedBy } from './histories.js';

export type Run = {
  /** The platform's; the ground truth. */
  readonly account: State;
  readonly workflows: WorkflowClient;
  readonly threads: ReadonlySet<string>;
};

export type ReadOptions = {
  /** Earlier deliveries belong to an earlier run. */
  readonly fromAttempt?: number;
  /** How long missing events are looked for, in milliseconds. */
  readonly lookFor?: number;
  /** How long threads may take to come to rest, in milliseconds. */
  readonly restWithin?: number;
};

const lookEvery = 2_000;

export async function readOutcome(
  { account, workflows, threads }: Run,
  expected: Expected,
  { fromAttempt = 0, lookFor = 60_000, restWithin = 90_000 }: ReadOptions = {},
): Promise<Counts> {
  const cards = new Map<string, ThreadCard>();
  await inBatches([...threads], 20, async (id) => {
    const card = await cardAtRest(workflows, id, restWithin);
    if (card) cards.set(id, card);
  });
  const received = await receivedByAll(workflows, threads);
  const evidence = { account: accountOf(account, threads, fromAttempt), received, cards };
  const end = performance.now() + lookFor;
  for (;;) {
    const counts = count(expected, evidence);
    if (counts.lost.length === 0 || performance.now() > end) return counts;
    await pause(lookEvery);
    await receivedByAll(workflows, threadsOf(counts.lost), received);
  }
}

/** Acknowledged events that are in no history of their thread, read once. */
export async function readLost(
  workflows: WorkflowClient,
  acknowledged: readonly Acknowledged[],
): Promise<readonly Acknowledged[]> {
  const received = await receivedByAll(workflows, threadsOf(acknowledged));
  return acknowledged.filter((event) => isLost(event, received.get(event.thread)));
}

function threadsOf(events: readonly Acknowledged[]): ReadonlySet<string> {
  return new Set(events.map(({ thread }) => thread));
}

async function receivedByAll(
  workflows: WorkflowClient,
  threads: ReadonlySet<string>,
  into = new Map<string, Received>(),
): Promise<Map<string, Received>> {
  await inBatches([...threads], 20, async (id) => into.set(id, await receivedBy(workflows, id)));
  return into;
}

/** The part of the account that concerns these threads. */
function accountOf(all: State, threads: ReadonlySet<string>, fromAttempt: number) {
  const isTheirs = ({ thread_id: id }: { readonly thread_id: string | null }) =>
    id !== null && threads.has(id);
  const contents = Object.entries(all.contents).filter(([, content]) => isTheirs(content));
  const attempts = all.attempts
    .slice(fromAttempt)
    .map((one) => ({ ...one, events: one.events.filter(isTheirs) }));
  return { contents: Object.fromEntries(contents), threads: all.threads, attempts };
}
