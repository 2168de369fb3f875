/** What a thread knows about Messenger's thread control. */
import type { ControlOwner } from '../../contract/thread-control.js';

export type Control = {
  readonly owner: ControlOwner;
  /** Facebook's time of the last event about thread control. */
  readonly receivedAt: number;
  /** The customer's id on Engage, and on the Facebook page. */
  readonly identityId?: string;
  readonly customerId?: string;
  /** Our time; until then a request of Engage's app may be the answer to our own call. */
  readonly askedUntil?: number;
};

/** Stage of a change of control. Each is one call, except `await`, which waits for Facebook's event. */
export type ControlStage = 'ask' | 'await' | 'look' | 'pass' | 'take' | 'request' | 'release';
