/**
 * Closes a conversation with the bot, and decides when the run of a closed thread ends.
 *
 * A closed thread keeps running for a while, so that a duplicate delivered a day late is recognised,
 * and a returning customer continues the same conversation.
 */
import { nextAlert } from './alerts.js';
import { enqueueRelease } from './messenger-control.js';
import { enqueue } from '../state/outbox-operations.js';
import { changePhase, type Change } from './phase.js';
import { decide } from '../../policies/index.js';
import type { Move } from '../../contract/lifecycle.js';
import type { ThreadState } from '../state/state.js';
import { wholeSecond } from '../../contract/whole-second.js';
import { othersWait } from './customers.js';

/** The bot considers the matter solved. Ignored if the customer has written since. */
export function solved(
  state: ThreadState,
  by: 'solved' | 'customerSilent',
  now: number,
): ThreadState {
  if (state.conversation.waiting.length > 0 || othersWait(state)) return state;
  if (by === 'customerSilent') return afterSilence(state, now);
  return closeAsBot(state, by, { why: 'the bot solved it' }, now);
}

/** Phase `bot`: since when the bot has nothing left to send and the customer is silent. */
export function silentSince(state: ThreadState): number | undefined {
  const isIdle =
    state.conversation.waiting.length === 0 &&
    state.conversation.unanswered.length === 0 &&
    !isUndelivered(state) &&
    state.outbox.items.length === 0 &&
    !state.conversation.turn;
  if (state.ownership.phase !== 'bot' || !isIdle) return undefined;
  return Math.max(state.conversation.lastContentAt, state.ownership.since);
}

/** The customer has not received a reply, and nobody but the bot has written since. */
export function isUndelivered({ outbox, conversation }: ThreadState): boolean {
  const last = conversation.record.findLast(({ by }) => by !== 'bot');
  const since = last ? wholeSecond(last.issuedAt) : 0;
  return outbox.sent.some(({ delivery, createdAt }) => delivery === 'failed' && createdAt >= since);
}

export function afterSilence(state: ThreadState, now: number): ThreadState {
  const why = 'the customer has been silent too long';
  return closeAsBot(state, 'customerSilent', { why }, now);
}

/** Closes the thread and its open intervention; the platform then asks the customer for feedback. */
export function closeAsBot(state: ThreadState, by: Move, change: Change, now: number): ThreadState {
  const closed = enqueueRelease(changePhase(state, by, change, now));
  const {
    human: { intervention },
    ownership: { epoch },
  } = closed;
  if (closed.ownership.phase !== 'closed' || !intervention?.isOpen) return closed;
  return enqueue(closed, {
    do: 'closeIntervention',
    key: `${epoch}/close/${intervention.id}`,
    epoch,
    interventionId: intervention.id,
  });
}

export function settleAt({ human: { settling }, settings }: ThreadState): number | undefined {
  return settling && settling.since + settings.settleWindow;
}

/** When a thread that a human closed, and that stayed with the agents, returns to the bot. */
export function inclusionAt(state: ThreadState): number | undefined {
  const {
    ownership: { phase, reason },
    routing: { assignedCategory },
    outbox: { items, inFlight: work },
    settings,
  } = state;
  const isByPerson = reason === 'interventionSettled' || reason === 'operatorClosed';
  if (phase !== 'closed' || !isByPerson || assignedCategory !== 'agent') return undefined;
  // A category that others had set before the operator closed stays.
  if (state.ownership.history.at(-2)?.reason === 'categoryChanged') return undefined;
  if (items.length > 0 || work || !isBotsAgain(state)) return undefined;
  return state.ownership.since + settings.threadInclusionDelay;
}

/** True if the policies return the thread to the bot after the inclusion delay. */
export function isBotsAgain({ settings }: ThreadState): boolean {
  const decision = decide({ at: 'inclusionPassed' }, settings);
  return decision?.do === 'reopenTo' && decision.owner === 'bot';
}

export function lingerUntil(state: ThreadState): number | undefined {
  const { items, inFlight } = state.outbox;
  const isBusy = items.length > 0 || inFlight !== undefined || state.inbox.mustRead !== undefined;
  if (state.ownership.phase !== 'closed' || isBusy) return undefined;
  // The alert must be sent by this run, since no next run follows. It may take hours if the receiver is
  // down.
  if (nextAlert(state)) return undefined;
  // A run without a conversation was started by an echo or a late duplicate: it ends at once, unless it has
  // taken the place of one that was ended, and must know that one's contents.
  const { episode, reason } = state.ownership;
  return episode === 0 && reason === undefined && state.report.attention.length === 0
    ? state.ownership.since
    : state.ownership.since + state.settings.linger;
}

export function isOver(state: ThreadState, now: number): boolean {
  const until = lingerUntil(state);
  return until !== undefined && now >= until;
}
