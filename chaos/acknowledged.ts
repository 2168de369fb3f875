/**
 * What the platform was told to be taken in, beside what threads have been told. News about a conversation
 * that came before the conversation itself concerns nobody yet: it is acknowledged and passes, and its loss is
 * none (`workflows/start-table.ts`).
 */
import type { WorkflowClient } from '@temporalio/client';
import { inPortions } from '../bench/patience.js';
import { effectOf } from '../workflows/contract.js';
import { toldTo, type Told } from './histories.js';

export type Of<T> = T & { readonly thread_id: string };

/** One attempt, as the platform's record tells it. */
export type Delivery = {
  readonly at: string;
  readonly status: number | null;
  readonly events: readonly Of<{ readonly id: string; readonly type: string }>[];
};

export type Acknowledged = {
  readonly id: string;
  readonly type: string;
  readonly thread: string;
  /** When the last attempt went out that was answered 200. */
  readonly sentAt: number;
};

/** Those that mean something to a thread; the others are acknowledged and pass. */
export function acknowledgedIn(
  deliveries: readonly Delivery[],
  threads: ReadonlySet<string>,
): readonly Acknowledged[] {
  const known = new Map<string, Acknowledged>();
  for (const { status, at, events } of deliveries) {
    if (status !== 200) continue;
    for (const { id, type, thread_id: thread } of events) {
      if (!threads.has(thread) || effectOf(type) === 'passes') continue;
      known.set(id, { id, type, thread, sentAt: Date.parse(at) });
    }
  }
  return [...known.values()];
}

export async function lostOf(
  workflows: WorkflowClient,
  acknowledged: readonly Acknowledged[],
): Promise<readonly Acknowledged[]> {
  const told = new Map<string, Told>();
  const threads = [...new Set(acknowledged.map(({ thread }) => thread))];
  await inPortions(threads, 10, async (id) => told.set(id, await toldTo(workflows, id)));
  return acknowledged.filter((event) => isLost(event, told.get(event.thread)));
}

/** A second's grace: news and the beginning may be on their way together. */
const grace = 1_000;

function isLost({ id, type, sentAt }: Acknowledged, told: Told | undefined): boolean {
  if (told?.events.has(id)) return false;
  if (effectOf(type) === 'starts' || told?.began === undefined) return true;
  return sentAt > told.began + grace;
}
