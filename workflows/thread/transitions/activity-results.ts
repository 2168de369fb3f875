/**
 * Applies the outcome of an activity to the state. The outcome of an activity that is no longer the
 * thread's (superseded, taken over) has no effect.
 */
import { afterBot, afterTool, emergency } from './bot-answer.js';
import { afterRead, afterSight, assignCategory } from './categories.js';
import { afterLook, afterPost } from './delivery.js';
import { afterAvailability, afterRecategorise } from './handover.js';
import { withControl } from './messenger-control.js';
import { afterClose, afterOpen } from './intervention.js';
import { afterControl, afterMeet } from './messenger-driver.js';
import { afterContents } from './rebuild.js';
import { afterProfile } from './customer-profile.js';
import { changeReply, removeItem } from '../state/outbox-operations.js';
import { lockThread } from './phase.js';
import { afterQueuePosition } from './queue-position.js';
import { note, raiseAttention, type AttentionCode, type ThreadState } from '../state/state.js';
import { humanEngaged, humanSpoke } from './takeover.js';
import { withdrawTurn } from './turn.js';
import {
  emergencyFailure,
  isFailure,
  type Failure,
  type PostReplyOutcome,
  type StepOutcome,
  type WorkEnd,
} from '../../contract/work.js';
import { afterStoppedText } from './emergency-notice.js';
import { giveUpReply } from './give-up-reply.js';
import { afterLate } from './late-replies.js';
import { openBefore } from './open-intervention.js';
import type { ReplyItem } from '../state/outbox-item.js';
import { withOutbox } from '../state/outbox.js';

type Ended<D extends WorkEnd['do']> = Extract<WorkEnd, { do: D }>;

export function afterWork(state: ThreadState, end: WorkEnd, now: number): ThreadState {
  if (state.outbox.inFlight?.id !== end.work.id) return state;
  return withOutbox(settleWork(state, end, now), { inFlight: undefined });
}

function settleWork(state: ThreadState, end: WorkEnd, now: number): ThreadState {
  switch (end.do) {
    case 'askBot':
      return afterBot(state, end.outcome, now);
    case 'callTool':
      return afterTool(state, end.work, end.outcome, now);
    case 'readThread':
      return afterRead(state, end.outcome, now);
    case 'readContents':
      return afterContents(state, end.outcome, now);
    case 'recategorise':
      return afterRecategorise(state, end.work, end.outcome, now);
    case 'openIntervention':
      return afterOpen(state, end.work, end.outcome);
    case 'closeIntervention':
      return afterClose(state, end.work, end.outcome, now);
    case 'meetCustomer':
      return afterMeet(state, end.work, end.outcome, now);
    case 'controlThread':
      return afterControl(state, end.work, end.outcome, now);
    case 'checkAvailability':
      return afterAvailability(state, end.outcome, now);
    case 'findQueuePosition':
      return afterQueuePosition(state, end.outcome, now);
    case 'writeProfile':
      return afterProfile(state, end.work, end.outcome, now);
    case 'leaveNote':
    case 'setFields':
      return afterStep(state, end.work.itemKey, end.outcome, 'handoverNotNoted', now);
    case 'lockThread':
      return afterLock(state, end, now);
    case 'postReply':
      return afterPosting(state, end, now);
    case 'findReply':
      return afterFinding(state, end, now);
  }
}

function afterFinding(
  state: ThreadState,
  { work, outcome }: Ended<'findReply'>,
  now: number,
): ThreadState {
  const reply = replyOf(state, work.itemKey);
  const blind = { is: 'notFound' } as const;
  return reply ? afterLook(state, reply, isFailure(outcome) ? blind : outcome, now) : state;
}

function afterPosting(
  state: ThreadState,
  { work, outcome }: Extract<WorkEnd, { do: 'postReply' }>,
  now: number,
): ThreadState {
  const reply = replyOf(state, work.itemKey);
  if (isFailure(outcome) && outcome.failed === emergencyFailure) {
    if (state.ownership.phase === 'bot') return emergency(removeItem(state, work.itemKey), now);
    return reply ? afterStoppedText(state, reply, now) : state;
  }
  if (isWithdrawn(outcome)) return removeItem(state, work.itemKey);
  // The worker died before it could report: whether the reply was posted is unknown.
  const lost = { is: 'ambiguous', code: 'lost' } as const;
  return reply ? afterReply(state, reply, isFailure(outcome) ? lost : outcome, now) : state;
}

/**
 * Handles the end of a step that helps the human but is not the handover itself. On failure it raises
 * attention.
 */
function afterStep(
  state: ThreadState,
  key: string | undefined,
  outcome: StepOutcome | Failure,
  code: AttentionCode,
  now: number,
): ThreadState {
  const next = removeItem(state, key);
  if (isDone(outcome)) return next;
  const failure = isFailure(outcome) ? outcome.failed : outcome.code;
  return note(raiseAttention(next, now, code), now, { code: 'stepFailed', failure });
}

function isDone(outcome: StepOutcome | Failure): outcome is Extract<StepOutcome, { is: 'done' }> {
  return !isFailure(outcome) && outcome.is === 'done';
}

/** A thread that could not be locked goes to the bot, because the customer may write there again. */
function afterLock(state: ThreadState, end: Ended<'lockThread'>, now: number): ThreadState {
  const next = afterStep(state, end.work.itemKey, end.outcome, 'threadNotLocked', now);
  return isDone(end.outcome) ? next : assignCategory(next, 'bot');
}

/** Milliseconds; a person is called when the platform has refused the bot's user for this time. */
const refusalLimit = 10 * 60_000;

/**
 * The platform refuses the bot's user: a state of the account, not of this thread. The reply waits, and is
 * sent when the account is well again.
 */
function refusedForNow(state: ThreadState, reply: ReplyItem, now: number): ThreadState {
  const outcome = { is: 'notSent', code: 'Engage.NotAuthorised', retryAfter: 2_000 } as const;
  const waiting = afterPost(state, reply, outcome, now);
  const isLong = reply.since !== undefined && now - reply.since >= refusalLimit;
  return isLong ? raiseAttention(waiting, now, 'botDeactivated') : waiting;
}

/** Cancelled before a worker had started it: certainly not posted. */
function isWithdrawn(outcome: object): boolean {
  return isFailure(outcome) && outcome.failed === 'CancelledFailure';
}

/** The reply that an activity worked on; undefined if its echo arrived first. */
function replyOf(
  { outbox: { items } }: ThreadState,
  key: string | undefined,
): ReplyItem | undefined {
  const found = items.find((one) => one.key === key);
  return found?.do === 'reply' ? found : undefined;
}

function afterReply(
  state: ThreadState,
  reply: ReplyItem,
  outcome: PostReplyOutcome,
  now: number,
): ThreadState {
  switch (outcome.is) {
    case 'posted':
    case 'notSent':
    case 'ambiguous':
      return afterPost(state, reply, outcome, now);
    case 'humanSpoke': {
      // The platform rounds down to the second: use its end for ownership, its start for the sign of
      // life.
      const fact = { issuedAt: outcome.createdAt + 999, signAt: outcome.createdAt };
      const engages = outcome.waitsForApproval ? humanEngaged : humanSpoke;
      return engages(removeItem(state, reply.key), { ...fact, why: 'an agent wrote' }, now);
    }
    case 'notOurs':
      return afterSight(withdrawTurn(removeItem(state, reply.key)), outcome.categoryIds, now);
    case 'late':
      return afterLate(state, reply, now);
    case 'noControl':
      // Take control again before posting this reply; the present owner may refuse.
      return changeReply(withControl(state, { owner: 'unknown' }), reply.key, {
        tries: reply.tries + 1,
      });
    case 'threadLocked':
      return lockThread(removeItem(state, reply.key), now);
    case 'deactivated':
      return refusedForNow(state, reply, now);
    case 'needsIntervention':
      return state.human.openedInEpisode === state.ownership.episode ||
        state.settings.openIntervention === 'never'
        ? giveUpReply(state, reply, false, now)
        : openBefore(state, reply);
    case 'refused':
      return giveUpReply(state, reply, false, now);
  }
}
