/**
 * A thread's run that did not end by itself: Temporal ended it for its size, or a person did. What it knew is
 * lost; the next run reads the thread on the platform (`thread/transitions/rebuild.ts`).
 */
import { defineSignal } from '@temporalio/workflow';

export const runEnds = ['terminated', 'failed', 'timedOut', 'canceled'] as const;
export type RunEnded = { readonly runId: string; readonly how: (typeof runEnds)[number] };

/** Tells the thread's present run. Told twice of the same run, it does nothing more. */
export const runEnded = defineSignal<[RunEnded]>('runEnded');

export type EndedRunActivities = {
  /** The run before the caller's, if it was ended; a local activity at the start of a run. */
  findEndedRun(): Promise<RunEnded | undefined>;
};

/** Unix milliseconds of Temporal's clock: runs that were ended after `since`, until `until`. */
export type TellEndedThreadsInput = { readonly since: number; readonly until: number };
/** Threads whose run was ended: `told` begin anew, `failed` could not, and must be looked for again. */
export type EndedThreadsTold = { readonly told: number; readonly failed: number };

export type EndedThreadsActivities = {
  /** Finds threads whose run was ended, tells their present run, or starts one. Repeatable. */
  tellEndedThreads(input: TellEndedThreadsInput): Promise<EndedThreadsTold>;
};
