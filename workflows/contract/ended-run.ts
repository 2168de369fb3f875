/**
 * A thread's run that did not end by itself: Temporal ended it for its size, or a person did. What it knew is
 * lost; the next run reads the thread on the platform (`thread/transitions/rebuild.ts`).
 */
import { defineSignal } from '@temporalio/workflow';

export const runEnds = ['terminated', 'failed', 'timedOut', 'canceled'] as const;
export type RunEnded = { readonly runId: string; readonly how: (typeof runEnds)[number] };

/** Reports the end to the thread's present run. A second report of the same run has no effect. */
export const runEnded = defineSignal<[RunEnded]>('runEnded');

export type EndedRunActivities = {
  /** The run before the caller's, if it was ended; a local activity at the start of a run. */
  findEndedRun(): Promise<RunEnded | undefined>;
};

/** Unix milliseconds of Temporal's clock: runs that were ended after `since`, until `until`. */
export type EndedBetween = { readonly since: number; readonly until: number };
/** Threads whose run was ended: how many are being rebuilt, and how many the next search must find again. */
export type RebuiltThreads = { readonly rebuilt: number; readonly failed: number };

export type EndedThreadsActivities = {
  /** Finds threads whose run was ended, and has their present run, or a new one, rebuild them. Repeatable. */
  rebuildEndedThreads(input: EndedBetween): Promise<RebuiltThreads>;
};
