/** Progress of a thread's escalation. */
import type { EscalationName } from '../../contract/escalation.js';

/** The escalation policy that applies, its start, and the number of steps done. */
export type EscalationProgress = {
  readonly escalation: EscalationName;
  readonly since: number;
  readonly stepsDone: number;
};
