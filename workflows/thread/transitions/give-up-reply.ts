/** Handles a reply that cannot be sent. */
import { type ThreadState, raiseAttention } from '../state/state.js';
import { removeItem } from '../state/outbox-operations.js';
import { isLastWord, handOver } from './handover.js';
import type { ReplyItem } from '../state/outbox-item.js';

/** Hands over, once, when a reply cannot be sent, so that the customer is not left without an answer. */
export function giveUpReply(
  state: ThreadState,
  reply: ReplyItem,
  isUnconfirmed: boolean,
  now: number,
): ThreadState {
  const code = isUnconfirmed ? 'replyUnconfirmed' : 'replyUndelivered';
  const next = raiseAttention(removeItem(state, reply.key), now, code);
  if (reply.speaksAs !== 'bot' || isLastWord(reply) || next.ownership.phase !== 'bot') return next;
  return handOver(next, { because: 'replyRefused', farewell: [] }, now);
}
