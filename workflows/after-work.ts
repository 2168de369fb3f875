/**
 * A work ended: what its outcome means. Work that is no longer the thread's (superseded, taken over)
 * ends without effect.
 */
import { afterRead, afterSight } from './categories.js';
import { afterLook, afterPost } from './delivery.js';
import { afterRecategorise } from './handover.js';
import { afterClose, afterOpen } from './intervention.js';
import { settle, type OwedReply } from './outbox.js';
import { lockThread } from './phase.js';
import { giveUpReply, openBefore } from './plan.js';
import type { ThreadState } from './state.js';
import { countLateLeak, humanEngaged } from './takeover.js';
import { afterBot, withdrawTurn } from './turn.js';
import { isFailure, type FindReplyOutcome, type PostReplyOutcome, type WorkEnd } from './work.js';

export function afterWork(state: ThreadState, end: WorkEnd, now: number): ThreadState {
  if (state.work?.id !== end.work.id) return state;
  return { ...settleWork(state, end, now), work: undefined };
}

function settleWork(state: ThreadState, end: WorkEnd, now: number): ThreadState {
  switch (end.do) {
    case 'askBot':
      return afterBot(state, end.outcome, now);
    case 'readThread':
      return afterRead(state, end.outcome, now);
    case 'recategorise':
      return afterRecategorise(state, end.work, end.outcome, now);
    case 'openIntervention':
      return afterOpen(state, end.work, end.outcome);
    case 'closeIntervention':
      return afterClose(state, end.work, end.outcome, now);
    case 'postReply': {
      const reply = replyOf(state, end.work.owedKey);
      // Whoever should have reported has died: what it did is unknown.
      const lost = { is: 'ambiguous', code: 'lost' } as const;
      if (isWithdrawn(end.outcome)) return settle(state, end.work.owedKey);
      return reply
        ? afterReply(state, reply, isFailure(end.outcome) ? lost : end.outcome, now)
        : state;
    }
    case 'findReply': {
      const reply = replyOf(state, end.work.owedKey);
      const blind = { is: 'notFound' } as const;
      return reply
        ? afterFind(state, reply, isFailure(end.outcome) ? blind : end.outcome, now)
        : state;
    }
  }
}

/** Taken back before any worker had begun it: surely not said. */
function isWithdrawn(outcome: object): boolean {
  return isFailure(outcome) && outcome.failed === 'CancelledFailure';
}

function afterFind(state: ThreadState, reply: OwedReply, outcome: FindReplyOutcome, now: number) {
  const looked = afterLook(state, reply, outcome, now);
  return outcome.is === 'found' ? leakIfStale(looked, reply, outcome.createdAt, now) : looked;
}

/** The reply a work was about; gone when its echo came first. */
function replyOf({ owed }: ThreadState, key: string | undefined): OwedReply | undefined {
  const found = owed.find((one) => one.key === key);
  return found?.do === 'reply' ? found : undefined;
}

function afterReply(
  state: ThreadState,
  reply: OwedReply,
  outcome: PostReplyOutcome,
  now: number,
): ThreadState {
  switch (outcome.is) {
    case 'posted':
      return leakIfStale(afterPost(state, reply, outcome, now), reply, outcome.createdAt, now);
    case 'notSent':
    case 'ambiguous':
      return afterPost(state, reply, outcome, now);
    case 'humanSpoke': {
      const issuedAt = outcome.createdAt + 999;
      return humanEngaged(settle(state, reply.key), { issuedAt, why: 'an agent wrote' }, now);
    }
    case 'notOurs':
      return afterSight(withdrawTurn(settle(state, reply.key)), outcome.categoryIds, now);
    case 'threadLocked':
      return lockThread(settle(state, reply.key), now);
    case 'needsIntervention':
      return state.openedInEpisode === state.episode || state.settings.openIntervention === 'never'
        ? giveUpReply(state, reply, false, now)
        : openBefore(state, reply);
    case 'refused':
      return giveUpReply(state, reply, false, now);
  }
}

function leakIfStale(state: ThreadState, reply: OwedReply, createdAt: number, now: number) {
  return reply.epoch === state.epoch ? state : countLateLeak(state, createdAt, now);
}
