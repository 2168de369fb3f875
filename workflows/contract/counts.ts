/** What a thread counts of itself. */

export type Counts = {
  readonly duplicates: number;
  readonly stale: number;
  readonly late: number;
  /** Facts that no webhook brought, but the reconciler. */
  readonly backfilled: number;
  readonly refusedMoves: number;
  readonly crossedReplies: number;
  readonly turns: number;
  readonly replies: number;
  readonly ambiguousReplies: number;
};
