/** What a thread reports about itself: decision log, counts, attention and alerts. */
import type { Attention } from '../../contract/attention.js';
import type { Counts } from '../../contract/counts.js';
import type { LoggedDecision } from '../../contract/logged-decision.js';
import type { Alerts } from './alerts.js';

export type Report = {
  /** The newest decisions, oldest first. */
  readonly log: readonly LoggedDecision[];
  readonly counts: Counts;
  /** Each reason once, oldest first; raised, reported and resolved by itself. */
  readonly attention: readonly Attention[];
  /** Absent until there is something to send. */
  readonly alerts?: Alerts;
};

const nothingCounted: Counts = {
  duplicates: 0,
  stale: 0,
  late: 0,
  backfilled: 0,
  refusedMoves: 0,
  crossedReplies: 0,
  turns: 0,
  replies: 0,
  ambiguousReplies: 0,
};

export const newReport: Report = {
  log: [],
  counts: nothingCounted,
  attention: [],
};

/** The only function that changes this slice. */
export function withReport<S extends { readonly report: Report }>(
  state: S,
  change: Partial<Report>,
): S {
  return { ...state, report: { ...state.report, ...change } };
}
