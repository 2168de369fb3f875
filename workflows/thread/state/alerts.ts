/** Alerts of a thread that are not delivered yet. */
import type { Alert } from '../../contract/alert.js';

export type Alerts = {
  readonly lastNumber: number;
  readonly pending: readonly Alert[];
  /** False for attention raised before alerts were configured: then its end is not reported either. */
  readonly isRaised: boolean;
};
