/**
 * A human takes over: by writing, by engaging, or without a request. From then on the bot is silent,
 * activities in flight are cancelled, and a reply that crossed the takeover is counted as a crossed
 * reply.
 *
 * An event older than the time when the last human was done has no effect except to be counted as
 * late.
 */
import { endedByAHuman, endedByAnAgentsAnswer } from '../../contract/attention.js';
import { assignCategory } from './categories.js';
import { changePhase } from './phase.js';
import { clearAttention, count, note, type ThreadState } from '../state/state.js';
import { wholeSecond } from '../../contract/whole-second.js';
import { withConversation } from '../state/conversation.js';
import { withHuman } from '../state/human.js';
import { withInbox } from '../state/inbox.js';
import { withOwnership } from '../state/ownership.js';
import { answeredUntil } from './unanswered.js';

/** By the platform's clock; `signAt` is set if a closing of about the same time must still count. */
type HumanFact = { readonly issuedAt: number; readonly signAt?: number; readonly why: string };

/** The human has engaged by writing: what the customer wrote before is answered. */
export function humanSpoke(state: ThreadState, fact: HumanFact, now: number): ThreadState {
  const engaged = humanEngaged(answeredUntil(state, fact.signAt ?? fact.issuedAt), fact, now);
  if (engaged.ownership.phase !== 'agent') return engaged;
  const isWaiting = engaged.conversation.unanswered.length > 0;
  const attended = isWaiting ? engaged : clearAttention(engaged, ...endedByAnAgentsAnswer);
  return withConversation(attended, { agentSpokeAt: now });
}

export function humanEngaged(state: ThreadState, fact: HumanFact, now: number): ThreadState {
  if (fact.issuedAt <= state.ownership.humanDoneIssuedAt) return count(state, 'late');
  const alive = signOfLife(state, fact.signAt ?? fact.issuedAt);
  if (alive.ownership.phase === 'agent') return alive;
  const moved = changePhase(alive, 'agentEngaged', fact, now);
  const owned = withOwnership(moved, { humanSinceIssuedAt: fact.issuedAt });
  const noted = clearAttention(owned, ...endedByAHuman);
  return assignCategory(countCrossedReplies(noted, fact.issuedAt, now), 'agent');
}

/**
 * Records an act of a customer or a human: an older closing no longer starts or continues a settle
 * window.
 */
export function signOfLife(state: ThreadState, issuedAt: number): ThreadState {
  const {
    human: { settling },
  } = state;
  return withHuman(
    withInbox(state, { activityIssuedAt: Math.max(state.inbox.activityIssuedAt, issuedAt) }),
    { settling: settling && settling.issuedAt >= issuedAt ? settling : undefined },
  );
}

/** Counts replies that the platform accepted in or after the second of the takeover. */
function countCrossedReplies(state: ThreadState, issuedAt: number, now: number): ThreadState {
  const crossed = state.outbox.sent.filter(({ createdAt }) => createdAt >= wholeSecond(issuedAt));
  return crossed.reduce((next) => noteCrossedReply(next, now), state);
}

/** Counts a reply of an older epoch that turns out to be posted after the takeover. */
export function countLateCrossedReply(
  state: ThreadState,
  createdAt: number,
  now: number,
): ThreadState {
  const {
    ownership: { humanSinceIssuedAt },
  } = state;
  if (state.ownership.phase !== 'agent' || humanSinceIssuedAt === undefined) return state;
  return createdAt >= wholeSecond(humanSinceIssuedAt) ? noteCrossedReply(state, now) : state;
}

function noteCrossedReply(state: ThreadState, now: number): ThreadState {
  return note(count(state, 'crossedReplies'), now, { code: 'crossedReply' });
}
