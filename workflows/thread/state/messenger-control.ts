/** What a thread knows of Messenger's thread control. */
import type { ControlOwner } from '../../contract/thread-control.js';

export type Control = {
  readonly owner: ControlOwner;
  /** By Facebook's clock, when we last heard of it. */
  readonly heardAt: number;
  /** Who the customer is to Engage, and to the page. */
  readonly identityId?: string;
  readonly customerId?: string;
  /** By our clock: until then a request may be the answer to what we asked Engage for. */
  readonly askedUntil?: number;
};

/** Where a change of hands stands; each is one call, but `await`, which waits for Facebook's word. */
export type ControlStage = 'ask' | 'await' | 'look' | 'pass' | 'take' | 'request' | 'release';
