/**
 * Acknowledged events against received events: an event is lost when its delivery was answered 200 and its
 * thread never received it. Events about a conversation that has not begun yet are acknowledged and dropped
 * on purpose (`workflows/contract/event-effects.ts`), so they cannot be lost.
 */
import { effectOf } from '../../../workflows/contract/index.js';

/** One attempt to deliver, as the platform records it. */
export type Delivery = {
  readonly at: string;
  readonly status: number | null;
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly thread_id: string | null;
  }[];
};

export type Acknowledged = {
  readonly id: string;
  readonly type: string;
  readonly thread: string;
  /** Time of the last attempt that was answered 200, Unix milliseconds. */
  readonly sentAt: number;
};

/** What a thread's workflow has received. */
export type Received = {
  /** Start of its first run, Unix milliseconds, to the second; `undefined` when it never ran. */
  readonly began: number | undefined;
  /** Ids of the events in the histories of all its runs. */
  readonly events: ReadonlySet<string>;
};

/** Events that a thread must receive, each once. */
export function acknowledgedIn(deliveries: readonly Delivery[]): readonly Acknowledged[] {
  const known = new Map<string, Acknowledged>();
  for (const { status, at, events } of deliveries) {
    if (status !== 200) continue;
    for (const { id, type, thread_id: thread } of events) {
      if (thread === null || effectOf(type) === 'passes') continue;
      known.set(id, { id, type, thread, sentAt: Date.parse(at) });
    }
  }
  return [...known.values()];
}

/** Milliseconds; an event and the start of its thread may be on their way at the same time. */
const grace = 1_000;

export function isLost(
  { id, type, sentAt }: Acknowledged,
  received: Received | undefined,
): boolean {
  if (received?.events.has(id)) return false;
  if (effectOf(type) === 'starts' || received?.began === undefined) return true;
  return sentAt > received.began + grace;
}
