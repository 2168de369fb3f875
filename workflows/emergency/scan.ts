import type { FailedThread, Found, MoveAnswer } from '../contract/emergency.js';

/**
 * A sweep: every thread of a search is asked to move, a few at a time, until nobody answers to the
 * search any more. Pure: what was found and answered in, who is asked next out.
 *
 * A thread that cannot be reached is asked again, later and later, then counted as failed; one that
 * refuses has failed at once. Searches lag behind, so the search is repeated until it finds nothing
 * new, and then now and again.
 */
export type Sweep = {
  /** Found and not asked yet, by workflow id. */
  readonly pending: readonly string[];
  /** Asked in vain: how often, and when to ask again. */
  readonly retries: Readonly<Record<string, { readonly tries: number; readonly at: number }>>;
  readonly moved: number;
  /** No longer there when asked: taken by a human, closed, ended. */
  readonly left: number;
  readonly failed: readonly FailedThread[];
  /** Those that have moved, the last of them: found once more, they have come back. */
  readonly known: readonly string[];
  /** How often a thread that had answered was to be asked anew. */
  readonly again: Readonly<Record<string, number>>;
  /** Found, but beyond what is taken in at once. */
  readonly unlisted: number;
  readonly searchAt: number;
  /** Searches in a row that found nothing new. */
  readonly vainSearches: number;
};
export type SweepStep =
  | { readonly do: 'search' }
  | { readonly do: 'move'; readonly asked: readonly Asked[] }
  | { readonly do: 'wait'; readonly until: number };
/** The number makes the question a new one: the same question twice gets the first answer. */
export type Asked = { readonly workflowId: string; readonly time: number };

/** So many questions go to the worker at once, which asks as many as its pace allows. */
const batch = 20;
/** In all about four minutes: a thread itself gives up on the platform sooner, and then answers. */
const tryLimit = 7;
const longestRetry = 60_000;
const patience = 2_000;
const longestPause = 15_000;
const knownLimit = 10_000;

export function newSweep(searchAt: number): Sweep {
  const nobody = { pending: [], retries: {}, failed: [], known: [], again: {} };
  return { ...nobody, moved: 0, left: 0, unlisted: 0, searchAt, vainSearches: 0 };
}

export function nextInSweep(sweep: Sweep, now: number): SweepStep {
  const retries = Object.entries(sweep.retries);
  const due = retries.filter(([, { at }]) => at <= now).map(([workflowId]) => workflowId);
  const asked = [...sweep.pending, ...due].slice(0, batch);
  if (asked.length > 0) {
    const time = (workflowId: string) => sweep.again[workflowId] ?? 0;
    return { do: 'move', asked: asked.map((id) => ({ workflowId: id, time: time(id) })) };
  }
  if (sweep.searchAt <= now) return { do: 'search' };
  return { do: 'wait', until: Math.min(sweep.searchAt, ...retries.map(([, { at }]) => at)) };
}

export function takeFound(sweep: Sweep, found: Found, now: number): Sweep {
  const failed = sweep.failed.map(({ workflowId }) => workflowId);
  const open = new Set([...sweep.pending, ...failed, ...Object.keys(sweep.retries)]);
  const fresh = found.workflowIds.filter((id) => !open.has(id));
  const isVain = fresh.length === 0 && Object.keys(sweep.retries).length === 0;
  const vainSearches = isVain ? sweep.vainSearches + 1 : 0;
  const known = new Set(sweep.known);
  const cameBack = fresh.filter((id) => known.has(id));
  const gone = found.there.filter((id) => !known.has(id) && !open.has(id) && !fresh.includes(id));
  return {
    ...askAnew(count(sweep, gone), cameBack),
    pending: [...sweep.pending, ...fresh],
    unlisted: found.total - found.workflowIds.length,
    searchAt: now + Math.min(patience * 2 ** vainSearches, longestPause),
    vainSearches,
  };
}

function count(sweep: Sweep, moved: readonly string[]): Sweep {
  const known = [...sweep.known, ...moved].slice(-knownLimit);
  return { ...sweep, moved: sweep.moved + moved.length, known };
}

export function takeAnswers(sweep: Sweep, answers: readonly MoveAnswer[], now: number): Sweep {
  const next = answers.reduce((before, answer) => takeAnswer(before, answer, now), sweep);
  return next.pending.length > 0 ? next : { ...next, searchAt: now + patience };
}

function takeAnswer(sweep: Sweep, answer: MoveAnswer, now: number): Sweep {
  const { workflowId: id } = answer;
  const { [id]: retry, ...retries } = sweep.retries;
  const next = { ...sweep, retries, pending: sweep.pending.filter((one) => one !== id) };
  const tries = (retry?.tries ?? 0) + 1;
  switch (answer.is) {
    case 'moved':
      return next.known.includes(id) ? next : count(next, [id]);
    case 'left':
      return next.known.includes(id) ? next : { ...next, left: next.left + 1 };
    case 'unreached':
      if (tries < tryLimit) {
        const again = { tries, at: now + Math.min(patience * 2 ** tries, longestRetry) };
        return { ...next, retries: { ...retries, [id]: again } };
      }
      return fail(next, answer.workflowId, answer.code);
    case 'refused':
      return fail(next, answer.workflowId, answer.code);
  }
}

/** A thread is counted once: one that had moved and now fails has failed. */
function fail(sweep: Sweep, workflowId: string, code: string): Sweep {
  const failed = [...sweep.failed, { workflowId, code }];
  if (!sweep.known.includes(workflowId)) return { ...sweep, failed };
  const known = sweep.known.filter((one) => one !== workflowId);
  return { ...sweep, failed, known, moved: sweep.moved - 1 };
}

/** The failed get one more chance, and the search is repeated now. */
export function tryAgain(sweep: Sweep, now: number): Sweep {
  const failed = sweep.failed.map(({ workflowId }) => workflowId);
  const pending = [...sweep.pending, ...failed];
  return { ...askAnew(sweep, failed), failed: [], pending, searchAt: now, vainSearches: 0 };
}

/** Nobody else is asked; what was counted stays counted. */
export function stopSweep(sweep: Sweep): Sweep {
  return { ...sweep, pending: [], retries: {}, unlisted: 0 };
}

export function remainingIn({ pending, retries, unlisted }: Sweep): number {
  return new Set([...pending, ...Object.keys(retries)]).size + unlisted;
}

function askAnew(sweep: Sweep, ids: readonly string[]): Sweep {
  const counted = ids.map((id) => [id, (sweep.again[id] ?? 0) + 1] as const);
  return { ...sweep, again: { ...sweep.again, ...Object.fromEntries(counted) } };
}
