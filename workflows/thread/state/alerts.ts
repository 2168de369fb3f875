/** The alerts of a thread that are not delivered yet. */
import type { Alert } from '../../contract/alert.js';

export type Alerts = {
  readonly told: number;
  readonly owed: readonly Alert[];
  /** What was raised when alerts were not wanted yet is not resolved either. */
  readonly isRaised: boolean;
};
