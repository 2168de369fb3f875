/**
 * A human has the thread: by speaking, by engaging, or by taking it unasked. From that moment the
 * bot is silent, work in flight is cancelled, and a reply that crossed is counted as a leak.
 *
 * A fact older than the last time a human was done moves nothing: it is late, and only counted.
 */
import { endedByAHuman } from '../../contract/attention.js';
import { place } from './categories.js';
import { changePhase } from './phase.js';
import { clearAttention, count, note, type ThreadState } from '../state/state.js';
import { wholeSecond } from '../../contract/whole-second.js';

/** By the platform's clock; `signAt` where a closing of about the same time must still count. */
type HumanFact = { readonly issuedAt: number; readonly signAt?: number; readonly why: string };

/** Engaged, and by words: the customer is answered. */
export function humanSpoke(state: ThreadState, fact: HumanFact, now: number): ThreadState {
  const engaged = humanEngaged(state, fact, now);
  if (engaged.phase !== 'agent') return engaged;
  return { ...clearAttention(engaged, 'agentSilent'), agentSpokeAt: now, unanswered: [] };
}

export function humanEngaged(state: ThreadState, fact: HumanFact, now: number): ThreadState {
  if (fact.issuedAt <= state.humanDoneIssuedAt) return count(state, 'late');
  const alive = signOfLife(state, fact.signAt ?? fact.issuedAt);
  if (alive.phase === 'agent') return alive;
  const moved = changePhase(alive, 'agentEngaged', fact, now);
  const taken = { ...moved, humanSinceIssuedAt: fact.issuedAt };
  const noted = clearAttention(taken, ...endedByAHuman);
  return place(countLeaks(noted, fact.issuedAt, now), 'agent');
}

/** Somebody did something: a closing older than that settles nothing. */
export function signOfLife(state: ThreadState, issuedAt: number): ThreadState {
  const { settling } = state;
  return {
    ...state,
    signIssuedAt: Math.max(state.signIssuedAt, issuedAt),
    settling: settling && settling.issuedAt >= issuedAt ? settling : undefined,
  };
}

/** Replies the platform took in or after the second in which the human did. */
function countLeaks(state: ThreadState, issuedAt: number, now: number): ThreadState {
  const crossed = state.sent.filter(({ createdAt }) => createdAt >= wholeSecond(issuedAt));
  return crossed.reduce((next) => leaked(next, now), state);
}

/** A reply of an older epoch turned out to be posted after a human took the thread. */
export function countLateLeak(state: ThreadState, createdAt: number, now: number): ThreadState {
  const { humanSinceIssuedAt } = state;
  if (state.phase !== 'agent' || humanSinceIssuedAt === undefined) return state;
  return createdAt >= wholeSecond(humanSinceIssuedAt) ? leaked(state, now) : state;
}

function leaked(state: ThreadState, now: number): ThreadState {
  return note(count(state, 'leaks'), now, 'leak', 'a reply crossed the takeover');
}
