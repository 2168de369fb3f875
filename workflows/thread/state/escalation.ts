/** How far the escalation of a thread is. */
import type { LadderName } from '../../contract/escalation.js';

/** Where the thread stands: on which ladder, since when, and how many rungs are behind it. */
export type Climbed = {
  readonly ladder: LadderName;
  readonly since: number;
  readonly rungs: number;
};
