/**
 * A work ended: what its outcome means. Work that is no longer the thread's (superseded, taken over)
 * ends without effect.
 */
import { afterBot, afterTool, emergency } from './bot-answer.js';
import { afterRead, afterSight, place } from './categories.js';
import { afterLook, afterPost } from './delivery.js';
import { afterAvailability, afterRecategorise } from './handover.js';
import { withControl } from './messenger-control.js';
import { afterClose, afterOpen } from './intervention.js';
import { afterControl, afterMeet } from './messenger-driver.js';
import { afterProfile } from './customer-profile.js';
import { changeReply, settle } from '../state/outbox-operations.js';
import { changePhase, lockThread } from './phase.js';
import { afterPlace } from './queue-position.js';
import { note, raiseAttention, type AttentionCode, type ThreadState } from '../state/state.js';
import { humanSpoke } from './takeover.js';
import { withdrawTurn } from './turn.js';
import {
  emergencyFailure,
  isFailure,
  type Failure,
  type PostReplyOutcome,
  type StepOutcome,
  type WorkEnd,
} from '../../contract/work.js';
import { giveUpReply } from './give-up-reply.js';
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
      return afterTool(state, end.work, end.outcome);
    case 'readThread':
      return afterRead(state, end.outcome, now);
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
    case 'findPlace':
      return afterPlace(state, end.outcome, now);
    case 'writeProfile':
      return afterProfile(state, end.work, end.outcome, now);
    case 'leaveNote':
    case 'setFields':
      return afterStep(state, end.work.owedKey, end.outcome, 'handoverNotNoted', now);
    case 'lockThread':
      return afterLock(state, end, now);
    case 'postReply':
      return afterPosting(state, end, now);
    case 'findReply': {
      const reply = replyOf(state, end.work.owedKey);
      const blind = { is: 'notFound' } as const;
      return reply
        ? afterLook(state, reply, isFailure(end.outcome) ? blind : end.outcome, now)
        : state;
    }
  }
}

function afterPosting(
  state: ThreadState,
  { work, outcome }: Extract<WorkEnd, { do: 'postReply' }>,
  now: number,
): ThreadState {
  const reply = replyOf(state, work.owedKey);
  if (isFailure(outcome) && outcome.failed === emergencyFailure) {
    return emergency(settle(state, work.owedKey), now);
  }
  if (isWithdrawn(outcome)) return settle(state, work.owedKey);
  // Whoever should have reported has died: what it did is unknown.
  const lost = { is: 'ambiguous', code: 'lost' } as const;
  return reply ? afterReply(state, reply, isFailure(outcome) ? lost : outcome, now) : state;
}

/** A step that helps the human but is not the handover itself: without it, a person should know. */
function afterStep(
  state: ThreadState,
  key: string | undefined,
  outcome: StepOutcome | Failure,
  code: AttentionCode,
  now: number,
): ThreadState {
  const next = settle(state, key);
  if (isDone(outcome)) return next;
  const why = isFailure(outcome) ? outcome.failed : outcome.code;
  return note(raiseAttention(next, now, code), now, 'step not taken', why);
}

function isDone(outcome: StepOutcome | Failure): outcome is Extract<StepOutcome, { is: 'done' }> {
  return !isFailure(outcome) && outcome.is === 'done';
}

/** What could not be locked is the bot's: the customer may write there again. */
function afterLock(state: ThreadState, end: Ended<'lockThread'>, now: number): ThreadState {
  const next = afterStep(state, end.work.owedKey, end.outcome, 'threadNotLocked', now);
  return isDone(end.outcome) ? next : place(next, 'bot');
}

/** The administrator has taken the bot's user away: humans have its threads. Nothing can be called. */
function deactivated(state: ThreadState, now: number): ThreadState {
  const why = 'the platform no longer lets the bot’s user act';
  const silenced = changePhase(state, 'botDeactivated', { why }, now);
  return raiseAttention(silenced, now, 'botDeactivated');
}

/** Taken back before any worker had begun it: surely not said. */
function isWithdrawn(outcome: object): boolean {
  return isFailure(outcome) && outcome.failed === 'CancelledFailure';
}

/** The reply a work was about; gone when its echo came first. */
function replyOf(
  { outbox: { items: owed } }: ThreadState,
  key: string | undefined,
): ReplyItem | undefined {
  const found = owed.find((one) => one.key === key);
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
      // Dated to the second, rounded down: not older than what was done in it, and no later sign of life.
      const fact = { issuedAt: outcome.createdAt + 999, signAt: outcome.createdAt };
      return humanSpoke(settle(state, reply.key), { ...fact, why: 'an agent wrote' }, now);
    }
    case 'notOurs':
      return afterSight(withdrawTurn(settle(state, reply.key)), outcome.categoryIds, now);
    case 'noControl':
      // Take it again before saying this; whoever has it may refuse.
      return changeReply(withControl(state, { owner: 'unknown' }), reply.key, {
        tries: reply.tries + 1,
      });
    case 'threadLocked':
      return lockThread(settle(state, reply.key), now);
    case 'deactivated':
      return deactivated(settle(state, reply.key), now);
    case 'needsIntervention':
      return state.human.openedInEpisode === state.ownership.episode ||
        state.settings.openIntervention === 'never'
        ? giveUpReply(state, reply, false, now)
        : openBefore(state, reply);
    case 'refused':
      return giveUpReply(state, reply, false, now);
  }
}
