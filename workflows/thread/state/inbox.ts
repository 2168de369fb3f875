/** The events that a thread has received, and the times up to which they count. */
import type { SeenIds } from './seen-ids.js';

export type Inbox = {
  readonly seen: SeenIds;
  readonly newestIssuedAt: number;
  /** Platform time of the last act of a customer or a human: older events end nothing. */
  readonly activityIssuedAt: number;
  /**
   * Number of contents the platform should have; another number means that a content was not received.
   */
  readonly expectedContents: number | undefined;
  /** Contents included in that number although their events have not been received yet. */
  readonly countedAhead: readonly string[];
  /** The thread's contents must be read on the platform, and nothing is done before. */
  readonly mustRead?: MustRead | undefined;
};

export type MustRead = {
  readonly since: number;
  readonly tries: number;
  readonly nextAttemptAt?: number;
  /** Not because an earlier run was ended, but because a content of a customer came very late. */
  readonly isForLateContent?: true;
};

export const newInbox: Inbox = {
  seen: [],
  newestIssuedAt: 0,
  activityIssuedAt: 0,
  expectedContents: undefined,
  countedAhead: [],
};

/** The only function that changes this slice. */
export function withInbox<S extends { readonly inbox: Inbox }>(
  state: S,
  change: Partial<Inbox>,
): S {
  return { ...state, inbox: { ...state.inbox, ...change } };
}
