/** A reply that cannot be sent. */
import { type ThreadState, raiseAttention } from '../state/state.js';
import { settle } from '../state/outbox-operations.js';
import { isLastWord, handOver } from './handover.js';
import type { ReplyItem } from '../state/outbox-item.js';

/** Never silence: a reply that cannot be sent is a reason for a human, once. */
export function giveUpReply(
  state: ThreadState,
  reply: ReplyItem,
  isUnconfirmed: boolean,
  now: number,
): ThreadState {
  const code = isUnconfirmed ? 'replyUnconfirmed' : 'replyUndelivered';
  const next = raiseAttention(settle(state, reply.key), now, code);
  if (reply.speaksAs !== 'bot' || isLastWord(reply) || next.ownership.phase !== 'bot') return next;
  return handOver(next, { because: 'replyRefused', farewell: [] }, now);
}
