/** What a thread has received: which events it knows, and up to when. */
import type { SeenIds } from './seen-ids.js';

export type Inbox = {
  readonly seen: SeenIds;
  readonly newestIssuedAt: number;
  /** When, by the platform, a customer or a human last did something: what is older ends nothing. */
  readonly activityIssuedAt: number;
  /** How many contents the platform should count by now; another number means one went unheard. */
  readonly expectedContents: number | undefined;
  /** Counted in it although not received yet. */
  readonly countedAhead: readonly string[];
};

export const newInbox: Inbox = {
  seen: [],
  newestIssuedAt: 0,
  activityIssuedAt: 0,
  expectedContents: undefined,
  countedAhead: [],
};

/** The only way in which this part of the state changes. */
export function withInbox<S extends { readonly inbox: Inbox }>(
  state: S,
  change: Partial<Inbox>,
): S {
  return { ...state, inbox: { ...state.inbox, ...change } };
}
