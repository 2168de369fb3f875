/** Handles a reply that cannot be sent. */
import { type ThreadState, raiseAttention } from '../state/state.js';
import { isAnswer, removeItem } from '../state/outbox-operations.js';
import { handOver, isLastWord, leftOpen } from './handover.js';
import { markMaybeAnswered } from './unanswered.js';
import type { ReplyItem } from '../state/outbox-item.js';

/** Hands over, once, when a reply cannot be sent, so that the customer is not left without an answer. */
export function giveUpReply(
  state: ThreadState,
  reply: ReplyItem,
  isUnconfirmed: boolean,
  now: number,
): ThreadState {
  const code = isUnconfirmed ? 'replyUnconfirmed' : 'replyUndelivered';
  const removed = raiseAttention(removeItem(state, reply.key), now, code);
  const next = isUnconfirmed && isAnswer(reply) ? markMaybeAnswered(removed, reply) : removed;
  if (reply.speaksAs !== 'bot' || next.ownership.phase !== 'bot') return next;
  if (isLastWord(reply)) return isUnconfirmed ? next : leftOpen(next);
  return handOver(next, { because: 'replyRefused', farewell: [] }, now);
}
