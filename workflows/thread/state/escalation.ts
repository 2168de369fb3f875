/** Progress of a thread's escalation. */
import type { EscalationName } from '../../contract/escalation.js';

/** The escalation policy that applies, its start, and the number of steps done. */
export type EscalationProgress = {
  readonly escalation: EscalationName;
  readonly since: number;
  readonly stepsDone: number;
  /** Milliseconds by which nudges have waited for an opening: later steps are as much later. */
  readonly delay?: number;
  /** A step that was handled late, and outside opening hours, waits for this opening. */
  readonly heldUntil?: number;
};
