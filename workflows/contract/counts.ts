/** What a thread counts of itself. */

export type Counts = {
  readonly duplicates: number;
  readonly stale: number;
  readonly late: number;
  /** Facts that no webhook brought, but the reconciler. */
  readonly healed: number;
  readonly refusedMoves: number;
  readonly leaks: number;
  readonly turns: number;
  readonly replies: number;
  readonly ambiguousReplies: number;
};
