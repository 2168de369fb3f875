/** Entry of a thread's phase history; a thread keeps only the newest entries. */
import type { Phase } from './lifecycle.js';
import type { Reason } from './reason.js';

/** A phase, its start, and its reason. */
export type PhaseEntry = {
  readonly phase: Phase;
  readonly since: number;
  readonly reason: Reason;
  readonly why: string;
};
