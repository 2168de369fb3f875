/**
 * One reconciler run, as data: what it knows and what it does next. Pure; `workflow.ts` is the shell
 * around it, and `report.ts` builds its report.
 *
 * Marks store how far each list was read. A list read to its end is read again from a little before it
 * (`overlap`), because the platform's clock is not ours, its times are precise to the second, and its
 * lists may lag behind. A list not read to its end is continued exactly where the budget ended. The
 * newest moments (`grace`) are left to the webhooks, which are probably delivering them.
 */
import type {
  AccountSurvey,
  DoubtsOutcome,
  BackfilledThreads,
  Mark,
  Marks,
  ReconcileInput,
  ReconcileMemory,
  SettleDoubtsInput,
  ScanInput,
  ScanOutcome,
  Tally,
  Trouble,
} from '../contract/reconcile.js';
import type { RebuiltThreads, EndedBetween } from '../contract/ended-run.js';
import { earliestOf, mapMarks, progressOf } from './marks.js';
import { wholeSecond } from '../contract/whole-second.js';

export type ReconcileRun = Tally & {
  readonly input: ReconcileInput;
  readonly before: ReconcileMemory | undefined;
  readonly callsLeft: number;
  readonly survey: AccountSurvey | undefined;
  readonly until: number;
  /** Absent until the platform's time is known. */
  readonly marks: Marks | undefined;
  readonly isSwept: boolean;
  /** The last scan made no progress: the next one needs more calls. */
  readonly isStuck: boolean;
  readonly isJournalReadable: boolean;
  readonly doubtsSince: number | undefined;
  readonly areDoubtsSeen: boolean;
  readonly unreached: readonly string[];
  readonly unreadable: number;
  readonly skipped: { readonly from: number; readonly until: number } | undefined;
  readonly trouble: Trouble | undefined;
  readonly troubles: number;
  readonly rebuilt: number;
  /** Threads whose run was ended and that could not be rebuilt. */
  readonly notRebuilt: number;
  /** Absent until ended runs have been searched for. */
  readonly endedUntil: number | undefined;
};

/** Runs that wait for an unreached thread; after them it is reported and the others continue. */
const timeout = 3;
const troubleLimit = 3;
/** A run's calls are spent in batches, so that the death of a worker costs only one of them. */
const portions = 3;

export function beginRun(input: ReconcileInput, before: ReconcileMemory | undefined): ReconcileRun {
  return {
    input,
    before,
    callsLeft: input.calls,
    survey: undefined,
    until: 0,
    marks: before?.marks,
    isSwept: false,
    isStuck: false,
    isJournalReadable: true,
    doubtsSince: before?.doubtsSince,
    areDoubtsSeen: false,
    lookedAt: { contents: 0, events: 0 },
    backfilled: { threadIds: [], contents: 0, facts: 0 },
    unreached: [],
    unreadable: 0,
    skipped: undefined,
    trouble: undefined,
    troubles: 0,
    ...{ rebuilt: 0, notRebuilt: 0 },
    endedUntil: before?.endedUntil,
  };
}

export function afterSurvey(run: ReconcileRun, survey: AccountSurvey | Trouble): ReconcileRun {
  const called = { ...run, callsLeft: run.callsLeft - 1 };
  if ('code' in survey) return inTrouble(called, survey);
  const { overlap, grace, lookBack, sourceIds } = run.input;
  const until = wholeSecond(survey.at - grace);
  // A list without a mark starts now; what happened before Baton was installed is ignored.
  const begin: Mark = { at: until - overlap, offset: 0, overlapOffset: 0 };
  const sources = sourceIds.map((id) => [id, run.marks?.sources[id] ?? begin] as const);
  const marks: Marks = {
    journal: run.marks?.journal ?? begin,
    sources: Object.fromEntries(sources),
  };
  const earliest = wholeSecond(survey.at - lookBack);
  const oldest = earliestOf(marks);
  return {
    ...called,
    trouble: undefined,
    survey,
    until,
    marks: mapMarks(marks, (mark) => ({ ...mark, at: Math.max(mark.at, earliest) })),
    skipped: oldest < earliest ? { from: oldest, until: earliest } : undefined,
  };
}

/** The next batch of the scan; `undefined` when nothing is left to read, or no calls are left. */
export function nextScan(run: ReconcileRun): ScanInput | undefined {
  const { input, survey, callsLeft, marks, until } = run;
  const domainId = input.domainId ?? survey?.domainId;
  const callsForScans = callsLeft - (run.doubtsSince === undefined ? 0 : portionOf(input));
  if (run.isSwept || !marks || domainId === undefined || callsForScans < 1 || isOver(run)) {
    return undefined;
  }
  const portion = Math.max(portionOf(input), input.sourceIds.length + 2);
  const { sourceIds, botUserId, overlap, pace } = input;
  return {
    ...{ domainId, sourceIds, botUserId, marks, until, overlap, pace },
    calls: run.isStuck ? callsForScans : Math.min(portion, callsForScans),
    givenUp: givenUp(run),
  };
}

function portionOf({ calls }: ReconcileInput): number {
  return Math.ceil(calls / portions);
}

export function afterScan(run: ReconcileRun, outcome: ScanOutcome): ReconcileRun {
  const swept: ReconcileRun = {
    ...run,
    ...plus(run, outcome),
    callsLeft: run.callsLeft - outcome.calls,
    marks: outcome.marks,
    isStuck: run.marks !== undefined && progressOf(outcome.marks) <= progressOf(run.marks),
    isSwept: outcome.isComplete || outcome.unreached.some((id) => !givenUp(run).includes(id)),
    isJournalReadable: run.isJournalReadable && outcome.isJournalReadable,
    doubtsSince: earlier(run.doubtsSince, outcome.doubtsSince),
    unreached: [...new Set([...run.unreached, ...outcome.unreached])],
    unreadable: run.unreadable + outcome.unreadable,
  };
  return outcome.trouble ? inTrouble(swept, outcome.trouble) : { ...swept, trouble: undefined };
}

/** After a lost activity: counts all calls it was allowed, since it may have made them. */
export function afterLoss(run: ReconcileRun, calls: number): ReconcileRun {
  return inTrouble({ ...run, callsLeft: run.callsLeft - calls }, lost);
}

const lost: Trouble = { code: 'lost', retryAfter: 0 };

export function nextDoubts(run: ReconcileRun): SettleDoubtsInput | undefined {
  const { input, survey, callsLeft, doubtsSince: since } = run;
  const domainId = input.domainId ?? survey?.domainId;
  // One attempt per run; the next run looks at what this one could not reach.
  const isDue = since !== undefined && !run.areDoubtsSeen && callsLeft > 0 && !isOver(run);
  if (!isDue || domainId === undefined) return undefined;
  const { sourceIds, botUserId, pace } = input;
  return { domainId, sourceIds, botUserId, pace, since, calls: callsLeft };
}

export function afterDoubts(run: ReconcileRun, outcome: DoubtsOutcome): ReconcileRun {
  const backfilled = addBackfilled(run.backfilled, outcome.backfilled);
  const settled: ReconcileRun = {
    ...run,
    backfilled,
    callsLeft: run.callsLeft - outcome.calls,
    doubtsSince: outcome.isSettled ? undefined : run.doubtsSince,
    areDoubtsSeen: outcome.trouble === undefined,
  };
  return outcome.trouble ? inTrouble(settled, outcome.trouble) : settled;
}

function inTrouble(run: ReconcileRun, trouble: Trouble): ReconcileRun {
  return { ...run, trouble, troubles: run.troubles + 1 };
}

/** The newest moments (`grace`) are left to the next run, because searches lag behind. */
export function nextEnded({ input, endedUntil }: ReconcileRun, now: number): EndedBetween {
  return { since: endedUntil ?? now - input.lookBack, until: now - input.grace };
}

/** After a failure the same time is searched again: a second report of an ended run has no effect. */
export function afterEnded(
  run: ReconcileRun,
  { since, until }: EndedBetween,
  { rebuilt, failed }: RebuiltThreads,
): ReconcileRun {
  return { ...run, rebuilt, notRebuilt: failed, endedUntil: failed > 0 ? since : until };
}

export function wantsSurvey(run: ReconcileRun): boolean {
  return !run.survey && run.callsLeft > 0 && !isOver(run);
}

/** True after too many failures; the next run continues. */
function isOver({ troubles }: ReconcileRun): boolean {
  return troubles >= troubleLimit;
}

function givenUp({ before }: ReconcileRun): readonly string[] {
  const counted = Object.entries(before?.unreached ?? {});
  return counted.filter(([, times]) => times >= timeout).map(([id]) => id);
}

function plus(a: Tally, b: Tally): Tally {
  return {
    lookedAt: {
      contents: a.lookedAt.contents + b.lookedAt.contents,
      events: a.lookedAt.events + b.lookedAt.events,
    },
    backfilled: addBackfilled(a.backfilled, b.backfilled),
  };
}

function addBackfilled(a: BackfilledThreads, b: BackfilledThreads): BackfilledThreads {
  return {
    threadIds: [...new Set([...a.threadIds, ...b.threadIds])],
    contents: a.contents + b.contents,
    facts: a.facts + b.facts,
  };
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
