/** How far the escalation of a thread is. */
import type { EscalationName } from '../../contract/escalation.js';

/** Where the thread stands: on which escalation policy, since when, and how many steps are behind it. */
export type EscalationProgress = {
  readonly escalation: EscalationName;
  readonly since: number;
  readonly stepsDone: number;
};
