/** Counters that a thread keeps about itself. */

export type Counts = {
  readonly duplicates: number;
  readonly stale: number;
  readonly late: number;
  /** Events that the reconciler found and no webhook had delivered. */
  readonly backfilled: number;
  readonly refusedMoves: number;
  readonly crossedReplies: number;
  readonly turns: number;
  readonly replies: number;
  readonly ambiguousReplies: number;
};
