/**
 * How a conversation with the bot ends, and when a closed thread's run does.
 *
 * A closed thread lingers, so that a duplicate delivered a day late still meets the memory of what
 * was seen, and a returning customer the conversation.
 */
import { nextAlert } from './alerts.js';
import { oweRelease } from './messenger-control.js';
import { owe } from '../state/outbox-operations.js';
import { changePhase, type Change } from './phase.js';
import { decide } from '../../policies/index.js';
import type { Move } from '../../contract/lifecycle.js';
import type { ThreadState } from '../state/state.js';

/** The bot considers the matter settled and has said so. A customer who wrote since disagrees. */
export function solved(
  state: ThreadState,
  by: 'solved' | 'customerSilent',
  now: number,
): ThreadState {
  if (state.conversation.waiting.length > 0) return state;
  if (by === 'customerSilent') return afterSilence(state, now);
  return closeAsBot(state, by, { why: 'the bot solved it' }, now);
}

/** `bot`: since when nothing is left to say, and the customer says nothing. */
export function silentSince(state: ThreadState): number | undefined {
  const isIdle =
    state.conversation.waiting.length === 0 &&
    state.outbox.items.length === 0 &&
    !state.conversation.turn;
  if (state.ownership.phase !== 'bot' || !isIdle) return undefined;
  return Math.max(state.conversation.lastContentAt, state.ownership.since);
}

export function silenceAt(state: ThreadState): number | undefined {
  const since = silentSince(state);
  return since === undefined ? undefined : since + state.settings.closeWhenSilentFor;
}

export function afterSilence(state: ThreadState, now: number): ThreadState {
  const why = 'the customer has been silent too long';
  return closeAsBot(state, 'customerSilent', { why }, now);
}

/** Close, and close the intervention too where there is one: the platform then asks for feedback. */
export function closeAsBot(state: ThreadState, by: Move, change: Change, now: number): ThreadState {
  const closed = oweRelease(changePhase(state, by, change, now));
  const {
    human: { intervention },
    ownership: { epoch },
  } = closed;
  if (closed.ownership.phase !== 'closed' || !intervention?.isOpen) return closed;
  return owe(closed, {
    do: 'closeIntervention',
    key: `${epoch}/close/${intervention.id}`,
    epoch,
    interventionId: intervention.id,
  });
}

export function settleAt({ human: { settling }, settings }: ThreadState): number | undefined {
  return settling && settling.since + settings.settleWindow;
}

/** A human's thread is closed and still with the humans: when it is the bot's again. */
export function inclusionAt(state: ThreadState): number | undefined {
  const {
    ownership: { phase, reason },
    routing: { assignedCategory: assignedCategory },
    outbox: { items: owed, inFlight: work },
    settings,
  } = state;
  if (phase !== 'closed' || reason !== 'interventionSettled' || assignedCategory !== 'agent') {
    return undefined;
  }
  if (owed.length > 0 || work || !isBotsAgain(state)) return undefined;
  return state.ownership.since + settings.threadInclusionDelay;
}

/** Do the rules give the thread back once the inclusion delay has passed? */
export function isBotsAgain({ settings }: ThreadState): boolean {
  const decision = decide({ at: 'inclusionPassed' }, settings);
  return decision?.do === 'reopenTo' && decision.owner === 'bot';
}

export function lingerUntil(state: ThreadState): number | undefined {
  if (state.ownership.phase !== 'closed' || state.outbox.items.length > 0 || state.outbox.inFlight)
    return undefined;
  // There is no next run to leave it to. Hours at most, where the receiver is away.
  if (nextAlert(state)) return undefined;
  // A run that nothing ever began was woken by an echo or a late duplicate: it has no reason to stay.
  return state.ownership.episode === 0 && state.ownership.reason === undefined
    ? state.ownership.since
    : state.ownership.since + state.settings.linger;
}

export function isOver(state: ThreadState, now: number): boolean {
  const until = lingerUntil(state);
  return until !== undefined && now >= until;
}
