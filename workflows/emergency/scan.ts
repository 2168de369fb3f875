/**
 * A scan asks every thread of a search to move, a few at a time, and repeats the search until it finds
 * no new ones. Pure: from search results and answers it derives which threads to ask next.
 *
 * A thread that cannot be reached is asked again with growing delays, then counted as failed; one that
 * refuses has failed at once. Searches lag behind, so the search is repeated until it finds nothing
 * new, and from time to time after that.
 */
import type { FailedThread, Found, MoveAnswer } from '../contract/emergency.js';

export type Scan = {
  /** Found and not asked yet, by workflow id. */
  readonly pending: readonly string[];
  /** Unreached threads: number of attempts, and when to ask again. */
  readonly retries: Readonly<Record<string, { readonly tries: number; readonly at: number }>>;
  readonly moved: number;
  /** No longer there when asked: a human has it, closed, ended. */
  readonly left: number;
  readonly failed: readonly FailedThread[];
  /** Threads that have moved, limited to the newest. If a search finds one again, it has come back. */
  readonly movedIds: readonly string[];
  /** How often a thread must be asked anew after it had answered. */
  readonly again: Readonly<Record<string, number>>;
  /** Found, but beyond the limit of one search. */
  readonly unlisted: number;
  readonly searchAt: number;
  /** Consecutive searches that found nothing new. */
  readonly vainSearches: number;
};
export type ScanStep =
  | { readonly do: 'search' }
  | { readonly do: 'move'; readonly asked: readonly Asked[] }
  | { readonly do: 'wait'; readonly until: number };
/** `time` distinguishes repeated questions: a question with the same number returns its first answer. */
export type Asked = { readonly workflowId: string; readonly time: number };

/** Questions sent to the worker at once; the worker asks as many as its pace allows. */
const batch = 20;
/** About four minutes in all: a thread gives up on the platform sooner, and then answers. */
const tryLimit = 7;
const longestRetry = 60_000;
const timeout = 2_000;
const longestPause = 15_000;
const movedLimit = 10_000;

export function newScan(searchAt: number): Scan {
  const nobody = { pending: [], retries: {}, failed: [], movedIds: [], again: {} };
  return { ...nobody, moved: 0, left: 0, unlisted: 0, searchAt, vainSearches: 0 };
}

export function nextInScan(scan: Scan, now: number): ScanStep {
  const retries = Object.entries(scan.retries);
  const due = retries.filter(([, { at }]) => at <= now).map(([workflowId]) => workflowId);
  const asked = [...scan.pending, ...due].slice(0, batch);
  if (asked.length > 0) {
    const time = (workflowId: string) => scan.again[workflowId] ?? 0;
    return { do: 'move', asked: asked.map((id) => ({ workflowId: id, time: time(id) })) };
  }
  if (scan.searchAt <= now) return { do: 'search' };
  return { do: 'wait', until: Math.min(scan.searchAt, ...retries.map(([, { at }]) => at)) };
}

export function applyFound(scan: Scan, found: Found, now: number): Scan {
  const failed = scan.failed.map(({ workflowId }) => workflowId);
  const open = new Set([...scan.pending, ...failed, ...Object.keys(scan.retries)]);
  const fresh = found.workflowIds.filter((id) => !open.has(id));
  const isVain = fresh.length === 0 && Object.keys(scan.retries).length === 0;
  const vainSearches = isVain ? scan.vainSearches + 1 : 0;
  const movedIds = new Set(scan.movedIds);
  const cameBack = fresh.filter((id) => movedIds.has(id));
  const gone = found.there.filter(
    (id) => !movedIds.has(id) && !open.has(id) && !fresh.includes(id),
  );
  return {
    ...askAnew(count(scan, gone), cameBack),
    pending: [...scan.pending, ...fresh],
    unlisted: found.total - found.workflowIds.length,
    searchAt: now + Math.min(timeout * 2 ** vainSearches, longestPause),
    vainSearches,
  };
}

function count(scan: Scan, moved: readonly string[]): Scan {
  const movedIds = [...scan.movedIds, ...moved].slice(-movedLimit);
  return { ...scan, moved: scan.moved + moved.length, movedIds };
}

export function applyAnswers(scan: Scan, answers: readonly MoveAnswer[], now: number): Scan {
  const next = answers.reduce((before, answer) => applyAnswer(before, answer, now), scan);
  return next.pending.length > 0 ? next : { ...next, searchAt: now + timeout };
}

function applyAnswer(scan: Scan, answer: MoveAnswer, now: number): Scan {
  const { workflowId: id } = answer;
  const { [id]: retry, ...retries } = scan.retries;
  const next = { ...scan, retries, pending: scan.pending.filter((one) => one !== id) };
  const tries = (retry?.tries ?? 0) + 1;
  switch (answer.is) {
    case 'moved':
      return next.movedIds.includes(id) ? next : count(next, [id]);
    case 'left':
      return next.movedIds.includes(id) ? next : { ...next, left: next.left + 1 };
    case 'unreached':
      if (tries < tryLimit) {
        const again = { tries, at: now + Math.min(timeout * 2 ** tries, longestRetry) };
        return { ...next, retries: { ...retries, [id]: again } };
      }
      return fail(next, answer.workflowId, answer.code);
    case 'refused':
      return fail(next, answer.workflowId, answer.code);
  }
}

/** Counts a thread once: if it had moved and now fails, it counts as failed only. */
function fail(scan: Scan, workflowId: string, code: string): Scan {
  const failed = [...scan.failed, { workflowId, code }];
  if (!scan.movedIds.includes(workflowId)) return { ...scan, failed };
  const movedIds = scan.movedIds.filter((one) => one !== workflowId);
  return { ...scan, failed, movedIds, moved: scan.moved - 1 };
}

/** Asks failed threads once more and repeats the search now. */
export function tryAgain(scan: Scan, now: number): Scan {
  const failed = scan.failed.map(({ workflowId }) => workflowId);
  const pending = [...scan.pending, ...failed];
  return { ...askAnew(scan, failed), failed: [], pending, searchAt: now, vainSearches: 0 };
}

/** Ends the scan; the counts stay. */
export function stopScan(scan: Scan): Scan {
  return { ...scan, pending: [], retries: {}, unlisted: 0 };
}

export function remainingIn({ pending, retries, unlisted }: Scan): number {
  return new Set([...pending, ...Object.keys(retries)]).size + unlisted;
}

function askAnew(scan: Scan, ids: readonly string[]): Scan {
  const counted = ids.map((id) => [id, (scan.again[id] ?? 0) + 1] as const);
  return { ...scan, again: { ...scan.again, ...Object.fromEntries(counted) } };
}
