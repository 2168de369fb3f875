/**
 * A human has the thread: by speaking, by engaging, or by taking it unasked. From that moment the
 * bot is silent, work in flight is cancelled, and a reply that crossed is counted as a crossed reply.
 *
 * A fact older than the last time a human was done moves nothing: it is late, and only counted.
 */
import { endedByAHuman } from '../../contract/attention.js';
import { place } from './categories.js';
import { changePhase } from './phase.js';
import { clearAttention, count, note, type ThreadState } from '../state/state.js';
import { wholeSecond } from '../../contract/whole-second.js';
import { withConversation } from '../state/conversation.js';
import { withHuman } from '../state/human.js';
import { withInbox } from '../state/inbox.js';
import { withOwnership } from '../state/ownership.js';

/** By the platform's clock; `signAt` where a closing of about the same time must still count. */
type HumanFact = { readonly issuedAt: number; readonly signAt?: number; readonly why: string };

/** Engaged, and by words: the customer is answered. */
export function humanSpoke(state: ThreadState, fact: HumanFact, now: number): ThreadState {
  const engaged = humanEngaged(state, fact, now);
  if (engaged.ownership.phase !== 'agent') return engaged;
  return withConversation(clearAttention(engaged, 'agentSilent'), {
    agentSpokeAt: now,
    unanswered: [],
  });
}

export function humanEngaged(state: ThreadState, fact: HumanFact, now: number): ThreadState {
  if (fact.issuedAt <= state.ownership.humanDoneIssuedAt) return count(state, 'late');
  const alive = signOfLife(state, fact.signAt ?? fact.issuedAt);
  if (alive.ownership.phase === 'agent') return alive;
  const moved = changePhase(alive, 'agentEngaged', fact, now);
  const taken = withOwnership(moved, { humanSinceIssuedAt: fact.issuedAt });
  const noted = clearAttention(taken, ...endedByAHuman);
  return place(countCrossedReplies(noted, fact.issuedAt, now), 'agent');
}

/** Somebody did something: a closing older than that settles nothing. */
export function signOfLife(state: ThreadState, issuedAt: number): ThreadState {
  const {
    human: { settling },
  } = state;
  return withHuman(
    withInbox(state, { activityIssuedAt: Math.max(state.inbox.activityIssuedAt, issuedAt) }),
    { settling: settling && settling.issuedAt >= issuedAt ? settling : undefined },
  );
}

/** Replies the platform took in or after the second in which the human did. */
function countCrossedReplies(state: ThreadState, issuedAt: number, now: number): ThreadState {
  const crossed = state.outbox.sent.filter(({ createdAt }) => createdAt >= wholeSecond(issuedAt));
  return crossed.reduce((next) => leaked(next, now), state);
}

/** A reply of an older epoch turned out to be posted after a human took the thread. */
export function countLateCrossedReply(
  state: ThreadState,
  createdAt: number,
  now: number,
): ThreadState {
  const {
    ownership: { humanSinceIssuedAt },
  } = state;
  if (state.ownership.phase !== 'agent' || humanSinceIssuedAt === undefined) return state;
  return createdAt >= wholeSecond(humanSinceIssuedAt) ? leaked(state, now) : state;
}

function leaked(state: ThreadState, now: number): ThreadState {
  return note(count(state, 'crossedReplies'), now, 'leak', 'a reply crossed the takeover');
}
