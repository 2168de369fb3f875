/** What a thread still has to do on the platform, and what it has sent. */
import type { Work } from '../../contract/work.js';
import type { OutboxItem, Sent } from './outbox-item.js';

export type Outbox = {
  /** Oldest first. */
  readonly items: readonly OutboxItem[];
  readonly sent: readonly Sent[];
  readonly inFlight: Work | undefined;
  readonly activityCount: number;
};

export const newOutbox: Outbox = {
  items: [],
  sent: [],
  inFlight: undefined,
  activityCount: 0,
};

/** The only function that changes this slice. */
export function withOutbox<S extends { readonly outbox: Outbox }>(
  state: S,
  change: Partial<Outbox>,
): S {
  return { ...state, outbox: { ...state.outbox, ...change } };
}
