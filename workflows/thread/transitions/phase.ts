/**
 * Changes the phase; no other module does. Each change is a legal move of `lifecycle.ts` and is logged
 * with its reason. It also raises the ownership epoch, so that no item of the earlier phase is sent.
 */
import { isRefused, move, type Move, type Phase } from '../../contract/lifecycle.js';
import { dropStale } from '../state/outbox-operations.js';
import { count, note, type ThreadState } from '../state/state.js';
import type { Work } from '../../contract/work.js';
import type { Reason } from '../../contract/reason.js';
import { enter } from '../state/phase-history.js';
import type { WaitingContent } from '../state/turn.js';
import { withConversation } from '../state/conversation.js';
import { withHuman } from '../state/human.js';
import { withOutbox } from '../state/outbox.js';
import { withOwnership } from '../state/ownership.js';

export type Change = { readonly why: string; readonly reason?: Reason };

/** Returns the state after the move `by`. An illegal move is only counted and logged. */
export function changePhase(
  state: ThreadState,
  by: Move,
  change: Change,
  now: number,
): ThreadState {
  const to = move(state.ownership.phase, by);
  if (isRefused(to)) {
    const refused = { move: by, phase: state.ownership.phase, why: change.why };
    return note(count(state, 'refusedMoves'), now, { code: 'moveRefused', ...refused });
  }
  const reason = change.reason ?? by;
  const owned = withOwnership(enter(state, { phase: to, since: now, reason, why: change.why }), {
    phase: to,
    reason,
    why: change.why,
    since: now,
    sinceIssuedAt: state.inbox.newestIssuedAt,
    epoch: state.ownership.epoch + 1,
    ...(state.ownership.phase === 'agent' && {
      humanDoneIssuedAt: state.inbox.activityIssuedAt,
      humanSinceIssuedAt: undefined,
    }),
  });
  const moved = withOutbox(turnEnded(humanMoved(owned, state, to, by, now), to), {
    inFlight: isThought(state.outbox.inFlight) ? undefined : state.outbox.inFlight,
  });
  const changed = { from: state.ownership.phase, to, why: change.why };
  return note(dropStale(moved), now, { code: 'phaseChanged', ...changed });
}

/** The move was refused: what would follow it must not be done. */
export function isSameOwner(after: ThreadState, before: ThreadState): boolean {
  return after.ownership.epoch === before.ownership.epoch;
}

/** Updates what is known about a handover and its human after the move from `before`. */
function humanMoved(
  state: ThreadState,
  before: ThreadState,
  to: Phase,
  by: Move,
  now: number,
): ThreadState {
  const { phase, since, episode } = before.ownership;
  return withHuman(state, {
    settling: undefined,
    request: undefined,
    confirmation: undefined,
    ...((to === 'handover' || to === 'agent') && { neededIn: episode }),
    ...(to === 'handover' && { queue: undefined }),
    ...(phase === 'handover' && by === 'agentEngaged' && { waited: now - since }),
  });
}

/**
 * Ends the turn on a change of phase. Unanswered contents stay, except when the conversation is closed;
 * `waiting`, the bot's next turn, is emptied unless the thread goes to the bot or to phase `handover`.
 */
function turnEnded(state: ThreadState, to: Phase): ThreadState {
  return withConversation(state, {
    ...(to === 'closed' && { unanswered: [], lastTurn: lastTurnOf(state) }),
    superseded: 0,
    turn: undefined,
    waiting: to === 'agent' || to === 'closed' ? [] : state.conversation.waiting,
    waitUntil: undefined,
    waits: 0,
    askedAnew: undefined,
  });
}

/** Contents that nobody has answered when the conversation ends, or else those of the last turn. */
function lastTurnOf({ conversation }: ThreadState): readonly WaitingContent[] | undefined {
  const { unanswered, lastTurn } = conversation;
  return unanswered.length > 0 ? unanswered : lastTurn;
}

const thoughts: readonly Work['do'][] = [
  'askBot',
  'callTool',
  'checkAvailability',
  'findQueuePosition',
];

/** Activities that only prepare a decision; they are dropped when the phase changes. */
export function isThought(work: Work | undefined): boolean {
  return work !== undefined && thoughts.includes(work.do);
}

/** Closes a thread that is locked on the platform: nobody can reply to it. */
export function lockThread(state: ThreadState, now: number): ThreadState {
  if (state.ownership.phase === 'closed') return state;
  return changePhase(state, 'threadLocked', { why: 'the thread is locked on the platform' }, now);
}
