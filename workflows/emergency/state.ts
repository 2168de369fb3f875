/**
 * The state of the emergency, pure: the scopes in force, who declared them and why, and the progress
 * of their threads to humans and back. Its public view is built in `view.ts`.
 */
import {
  applyFound,
  newScan,
  nextInScan,
  remainingIn,
  stopScan,
  tryAgain,
  type Asked,
  type Scan,
} from './scan.js';
import type {
  Scope,
  Way,
  DeclareInput,
  EndInput,
  ThreadSearch,
  Found,
  Act,
} from '../contract/emergency.js';
export type Declaration = {
  readonly id: string;
  readonly scope: Scope;
  /** Names of the scope's sources at the time of the declaration; absent for all sources. */
  readonly sources?: readonly string[];
  readonly declared: Act;
  readonly ended?: Act;
  readonly toHumans: Scan;
  readonly back?: Scan;
  /** Threads waiting for a human because of it, as of the last search. */
  readonly waiting: number;
};

/** Oldest first. */
export type EmergencyState = readonly Declaration[];
export type EmergencyStep =
  | {
      readonly do: 'search';
      readonly of: Declaration;
      readonly way: Way;
      readonly search: ThreadSearch;
    }
  | {
      readonly do: 'move';
      readonly of: Declaration;
      readonly way: Way;
      readonly asked: readonly Asked[];
    }
  | { readonly do: 'wait'; readonly until: number };

/** Milliseconds for which a worker may still believe that an ended emergency is in force. */
const settling = 3_000;
/** The return is done after this number of consecutive searches that find nothing. */
const enoughSearches = 2;
/**
 * Pauses in milliseconds before further searches. A thread learns of the emergency when its activity ends: where
 * no worker ran, that is after the return, and nothing else would give the thread back.
 */
const latePauses: readonly number[] = [60_000, 600_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000];
const endedLimit = 10;

/** Declares an emergency. If it is in force already, only its failed threads are tried once more. */
export function declare(state: EmergencyState, input: DeclareInput, now: number): EmergencyState {
  const inForce = inForceFor(state, input.scope);
  if (inForce) return replace(state, { ...inForce, toHumans: again(inForce.toHumans, now) });
  const { scope, sources, by, why } = input;
  const declaration: Declaration = {
    id: `${keyOf(scope)}@${now}`,
    scope,
    ...(sources && { sources }),
    declared: { by, why, at: now },
    toHumans: newScan(now),
    waiting: 0,
  };
  const kept = state.map((one) => {
    const isSame = keyOf(one.scope) === keyOf(scope);
    return isSame && one.back ? { ...one, back: doneWith(one.back) } : one;
  });
  return withoutOldest([...kept, declaration]);
}

/** Ends an emergency. If it has ended already, only its failed threads are tried once more. */
export function end(state: EmergencyState, input: EndInput, now: number): EmergencyState {
  const newest = newestFor(state, input.scope);
  if (!newest) return state;
  if (newest.ended) {
    return newest.back ? replace(state, { ...newest, back: again(newest.back, now) }) : state;
  }
  const { by, why } = input;
  return replace(state, {
    ...newest,
    ended: { by, why, at: now },
    toHumans: stopScan(newest.toHumans),
    back: newScan(now + settling),
  });
}

export function newestFor(state: EmergencyState, scope: Scope): Declaration | undefined {
  return state.findLast((one) => keyOf(one.scope) === keyOf(scope));
}

/** The next step; `undefined` when nothing is in force and everything is done. */
export function nextStep(state: EmergencyState, now: number): EmergencyStep | undefined {
  const steps = state.flatMap((of) => stepsOf(state, of, now));
  const [first] = steps.filter((step) => step.do !== 'wait');
  if (first) return first;
  const waits = steps.flatMap((step) => (step.do === 'wait' ? [step.until] : []));
  return waits.length > 0 ? { do: 'wait', until: Math.min(...waits) } : undefined;
}

function stepsOf(state: EmergencyState, of: Declaration, now: number): readonly EmergencyStep[] {
  const way = of.ended ? 'back' : 'toHumans';
  const scan = of[way];
  const search = searchOf(state, of, way);
  if (!scan || !search || (way === 'back' && isOver(scan))) return [];
  const step = nextInScan(scan, now);
  switch (step.do) {
    case 'wait':
      return [step];
    case 'search':
      return [{ do: 'search', of, way, search }];
    case 'move':
      return [{ do: 'move', of, way, asked: step.asked }];
  }
}

export function isDone(scan: Scan): boolean {
  return scan.vainSearches >= enoughSearches && remainingIn(scan) === 0;
}

/** The result of a search is applied. After the return, later searches follow. */
export function afterSearch(way: Way, scan: Scan, found: Found, now: number): Scan {
  const next = applyFound(scan, found, now);
  const pause = isDone(next) ? latePauses[next.vainSearches - enoughSearches] : undefined;
  return way === 'back' && pause !== undefined ? { ...next, searchAt: now + pause } : next;
}

/** Done, and no later search is left. */
function isOver(scan: Scan): boolean {
  return isDone(scan) && scan.vainSearches >= enoughSearches + latePauses.length;
}

/** The threads to search for; undefined if another emergency still covers all of them. */
function searchOf(state: EmergencyState, of: Declaration, way: Way): ThreadSearch | undefined {
  if (way === 'toHumans') return { phase: 'bot', ...(of.sources && { sources: of.sources }) };
  const others = state.filter((one) => one.ended === undefined);
  if (others.some(({ scope }) => 'all' in scope)) return undefined;
  const except = others.flatMap(({ sources = [] }) => sources);
  const waiting = { phase: 'handover', reason: 'emergency' } as const;
  if (!of.sources) return { ...waiting, ...(except.length > 0 && { except }) };
  const sources = of.sources.filter((source) => !except.includes(source));
  return sources.length > 0 ? { ...waiting, sources } : undefined;
}

export function changeScan(
  state: EmergencyState,
  id: string,
  way: Way,
  change: (scan: Scan) => Scan,
): EmergencyState {
  return state.map((one) => {
    const scan = one.id === id ? one[way] : undefined;
    return scan ? { ...one, [way]: change(scan) } : one;
  });
}

export function setWaiting(state: EmergencyState, id: string, waiting: number): EmergencyState {
  return state.map((one) => (one.id === id ? { ...one, waiting } : one));
}

export function keyOf(scope: Scope): string {
  if ('all' in scope) return 'all';
  return 'source' in scope ? `source:${scope.source}` : `bot:${scope.bot}`;
}

/** Ends the return of threads when their emergency is declared again. */
function doneWith(scan: Scan): Scan {
  return { ...stopScan(scan), vainSearches: enoughSearches + latePauses.length };
}

function again(scan: Scan, now: number): Scan {
  return scan.failed.length > 0 ? tryAgain(scan, now) : scan;
}

function inForceFor(state: EmergencyState, scope: Scope): Declaration | undefined {
  const newest = newestFor(state, scope);
  return newest?.ended ? undefined : newest;
}

function replace(state: EmergencyState, declaration: Declaration): EmergencyState {
  return state.map((one) => (one.id === declaration.id ? declaration : one));
}

function withoutOldest(state: EmergencyState): EmergencyState {
  const ended = state.filter((one) => one.ended !== undefined);
  const dropped = ended.slice(0, Math.max(0, ended.length - endedLimit));
  return state.filter((one) => !dropped.includes(one));
}
