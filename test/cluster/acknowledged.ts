/**
 * What the platform was told to be taken in, beside what threads have been told. News about a conversation
 * that came before the conversation itself concerns nobody yet: it is acknowledged and passes, and its loss is
 * none (`workflows/contract/event-effects.ts`).
 */
import { effectOf } from '../../workflows/contract/index.js';

/** One attempt, as the platform's record tells it. */
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
  /** When the last attempt went out that was answered 200. */
  readonly sentAt: number;
};

export type Told = {
  /** In which second its first run began; undefined when it never did. */
  readonly began: number | undefined;
  /** Ids of the events that any of its runs has in its history. */
  readonly events: ReadonlySet<string>;
};

/** Of those that mean something to a thread, each once; the others are acknowledged and pass. */
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

/** A second's grace: news and the beginning may be on their way together. */
const grace = 1_000;

export function isLost({ id, type, sentAt }: Acknowledged, told: Told | undefined): boolean {
  if (told?.events.has(id)) return false;
  if (effectOf(type) === 'starts' || told?.began === undefined) return true;
  return sentAt > told.began + grace;
}
