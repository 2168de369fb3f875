/**
 * The state of the directory, pure: the last good directory, and the refresh in progress.
 * `workflow.ts` is the shell.
 *
 * A refresh replaces the last good directory only when it is complete. After a passing error it waits,
 * longer each time; if the error persists or is permanent, the refresh ends and the last good
 * directory stays in use.
 */
import type {
  AccountFacts,
  Directory,
  DirectoryPlan,
  DirectoryTrouble,
  DirectoryView,
  People,
  PeopleInput,
  PeoplePortion,
  RefreshInput,
} from '../contract/directory.js';
import { addPeople, countPeople } from '../contract/agents.js';

type Reading = {
  readonly facts: AccountFacts | undefined;
  readonly people: People;
  readonly offset: number;
  readonly calls: number;
  /** Consecutive failures. */
  readonly troubles: number;
  /** Pause before the next step, in milliseconds, and its reason. */
  readonly pause: { readonly time: number; readonly why: string } | undefined;
};

export type DirectoryState = {
  readonly lastGood: Directory | undefined;
  /** Requested and not begun. */
  readonly wanted: RefreshInput | undefined;
  readonly reading: (Reading & { readonly plan: DirectoryPlan }) | undefined;
  readonly askedBy: string | undefined;
  readonly trouble: { readonly code: string; readonly since: number } | undefined;
  readonly calls: number;
};

export type DirectoryStep =
  | { readonly do: 'pause'; readonly time: number; readonly why: string }
  | { readonly do: 'facts'; readonly input: DirectoryPlan }
  | { readonly do: 'people'; readonly input: PeopleInput };

const shortestPause = 5_000;
const longestPause = 300_000;
/** With the pauses between them about ten minutes of failures. */
export const troubleLimit = 8;
/** The worker died during a batch: its calls are unknown, so all it was allowed are counted. */
export const lost: DirectoryTrouble = { code: 'lost', retryAfter: 0, isPassing: true };

export function newDirectory(): DirectoryState {
  return {
    lastGood: undefined,
    wanted: undefined,
    reading: undefined,
    askedBy: undefined,
    trouble: undefined,
    calls: 0,
  };
}

/** Requests a refresh; ignored if one for the same plan is in progress. */
export function ask(state: DirectoryState, input: RefreshInput): DirectoryState {
  const current = state.wanted?.plan ?? state.reading?.plan;
  const readFor = current ?? state.lastGood?.plan;
  const isNeeded = !input.isIfNeeded || !readFor || !knowsSame(readFor, input.plan);
  if (!isNeeded || (current && isSame(current, input.plan))) return state;
  return { ...state, wanted: input };
}

/** Begins the requested refresh; one that is in progress is finished first. */
export function begin(state: DirectoryState): DirectoryState {
  const { wanted } = state;
  if (!wanted || state.reading) return state;
  const { plan, by } = wanted;
  const nothing = { facts: undefined, people: {}, offset: 0, calls: 0, troubles: 0 };
  const reading = { plan, ...nothing, pause: undefined };
  return { ...state, wanted: undefined, askedBy: by, reading };
}

export function nextStep({ reading }: DirectoryState): DirectoryStep | undefined {
  if (!reading) return undefined;
  const { plan, facts, offset, pause } = reading;
  if (pause) return { do: 'pause', ...pause };
  if (!facts) return { do: 'facts', input: plan };
  return { do: 'people', input: { ...plan, idleRoleIds: facts.idleRoleIds, offset } };
}

export function afterPause(state: DirectoryState): DirectoryState {
  return state.reading ? { ...state, reading: { ...state.reading, pause: undefined } } : state;
}

export function afterFacts(
  state: DirectoryState,
  outcome: AccountFacts | { readonly calls: number; readonly trouble: DirectoryTrouble },
  now: number,
): DirectoryState {
  const counted = spend(state, outcome.calls);
  if (!counted.reading) return counted;
  if ('trouble' in outcome) return inTrouble(counted, outcome.trouble, now);
  return { ...counted, reading: { ...counted.reading, facts: outcome, troubles: 0 } };
}

export function afterPeople(
  state: DirectoryState,
  portion: PeoplePortion,
  now: number,
): DirectoryState {
  const counted = spend(state, portion.calls);
  const { reading } = counted;
  if (!reading) return counted;
  const { trouble, offset, isComplete } = portion;
  const people = addPeople(reading.people, portion.people);
  const hasProgressed = offset > reading.offset;
  const troubles = hasProgressed ? 0 : reading.troubles;
  const next = { ...counted, reading: { ...reading, people, offset, troubles } };
  if (trouble) return inTrouble(next, trouble, now);
  return isComplete ? complete(next, now) : next;
}

export function afterLoss(state: DirectoryState, calls: number, now: number): DirectoryState {
  return inTrouble(spend(state, calls), lost, now);
}

function spend(state: DirectoryState, calls: number): DirectoryState {
  const { reading } = state;
  const counted = { ...state, calls: state.calls + calls };
  return reading ? { ...counted, reading: { ...reading, calls: reading.calls + calls } } : counted;
}

function inTrouble(state: DirectoryState, found: DirectoryTrouble, now: number): DirectoryState {
  const { reading } = state;
  if (!reading) return state;
  const troubles = reading.troubles + 1;
  const { code, isPassing, retryAfter } = found;
  if (!isPassing || troubles >= troubleLimit) {
    // Keeps the time of the first failure when a refresh fails again.
    const trouble = { code, since: state.trouble?.since ?? now };
    return { ...state, trouble, reading: undefined };
  }
  const grown = shortestPause * 2 ** (troubles - 1);
  const time = Math.min(Math.max(grown, retryAfter), longestPause);
  return { ...state, reading: { ...reading, troubles, pause: { time, why: code } } };
}

function complete(state: DirectoryState, now: number): DirectoryState {
  const { reading } = state;
  if (!reading?.facts) return state;
  const { plan, people, calls, facts } = reading;
  const lastGood = { plan, people, calls, sources: facts.sources, completedAt: now };
  return { ...state, lastGood, reading: undefined, trouble: undefined };
}

/** Reports trouble only after the refresh has given up; until then it may pass. */
export function createDirectoryView(state: DirectoryState): DirectoryView {
  const { lastGood, reading, wanted, askedBy, trouble, calls } = state;
  const by = wanted?.by ?? askedBy;
  return {
    ...(lastGood && {
      lastGood: {
        completedAt: iso(lastGood.completedAt),
        people: countPeople(lastGood.people),
        sources: lastGood.sources.length,
        calls: lastGood.calls,
        size: sizeOf(lastGood.people),
      },
    }),
    isRefreshing: reading !== undefined || wanted !== undefined,
    ...(by !== undefined && { askedBy: by }),
    ...(trouble && { trouble: { code: trouble.code, since: iso(trouble.since) } }),
    calls,
  };
}

function sizeOf(people: People): number {
  return Object.entries(people).reduce((sum, [rights, ids]) => sum + rights.length + ids.length, 0);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function isSame(a: DirectoryPlan, b: DirectoryPlan): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** True if two plans read the same data; their pace does not matter. */
function knowsSame(a: DirectoryPlan, b: DirectoryPlan): boolean {
  const what = ({ sourceIds, categoryIds, teamIds, botUserId }: DirectoryPlan) =>
    JSON.stringify([sourceIds, categoryIds, teamIds, botUserId]);
  return what(a) === what(b);
}
