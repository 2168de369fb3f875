/** Alerts of a thread that are not delivered yet. */
import type { Alert } from '../../contract/alert.js';
import type { AttentionCode } from '../../contract/attention.js';

export type Alerts = {
  readonly lastNumber: number;
  readonly pending: readonly Alert[];
  /** Reasons whose raising was reported: only their end is reported, too. */
  readonly raised: readonly AttentionCode[];
};
