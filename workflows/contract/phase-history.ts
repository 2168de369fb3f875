/** The phases a thread was in, as stretches of time: the newest of many, for those who read its story. */
import type { Phase } from './lifecycle.js';
import type { Reason } from './reason.js';

/** A phase from when it began, and why it did. */
export type PhaseEntry = {
  readonly phase: Phase;
  readonly since: number;
  readonly reason: Reason;
  readonly why: string;
};
