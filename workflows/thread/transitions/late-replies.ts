/**
 * A reply of the bot that has waited in the outbox for `lateReplies.after`, in an outage of the platform for
 * example, and could be sent now. The business decides: send it, ask the bot anew, apologise first, or hand over.
 *
 * Whether it can be sent is known only right before the post: the activity makes its checks and then reports `late`
 * instead of posting. A turn that has sent a reply or called a tool is not asked anew; its replies are sent.
 */
import { handOver } from './handover.js';
import { withdrawTurn } from './turn.js';
import { enqueueReply, isAnswer, removeItem } from '../state/outbox-operations.js';
import type { OutboxItem, ReplyItem } from '../state/outbox-item.js';
import { withConversation } from '../state/conversation.js';
import { withOutbox } from '../state/outbox.js';
import { note, type ThreadState } from '../state/state.js';

/** True if the reply must not be posted before `afterLate` has applied the business's rule. */
export function isLate(
  { settings: { lateReplies } }: ThreadState,
  reply: ReplyItem,
  now: number,
): boolean {
  if (!lateReplies || lateReplies.do === 'send' || reply.mayBeLate) return false;
  const { since = now, speaksAs } = reply;
  return speaksAs === 'bot' && isAnswer(reply) && now - since >= lateReplies.after;
}

/** Since when the customer has waited for this reply; replies that were dropped to ask the bot again count too. */
export function waitingSince(
  { conversation: { askedAnew } }: ThreadState,
  { since }: ReplyItem,
): number | undefined {
  return askedAnew?.waitingSince ?? since;
}

/** Applies the business's rule to a reply that could be sent now and is late. */
export function afterLate(state: ThreadState, reply: ReplyItem, now: number): ThreadState {
  if (reply.epoch !== state.ownership.epoch) return removeItem(state, reply.key);
  const { lateReplies } = state.settings;
  switch (lateReplies?.do) {
    case 'askAgain':
      return askAnew(state, reply, now);
    case 'apologise':
      return apologise(noted(state, 'apologise', now), reply, lateReplies.say);
    case 'handOver':
      return handOverLate(noted(state, 'handOver', now), now);
    case 'send':
    case undefined:
      return sendAll(state);
  }
}

function noted(
  state: ThreadState,
  what: 'send' | 'askAgain' | 'apologise' | 'handOver',
  now: number,
) {
  return note(state, now, { code: 'replyLate', do: what });
}

/** The turn's contents wait again, and the pause of the customer is over: the bot is asked at once. */
function askAnew(state: ThreadState, reply: ReplyItem, now: number): ThreadState {
  // Nothing was posted: the item in flight is no reason to keep the turn.
  const withdrawn = withdrawTurn(removeItem(state, reply.key));
  if (withdrawn.conversation.turn) return sendAll(noted(state, 'send', now));
  const { askedAnew } = state.conversation;
  const since = askedAnew?.waitingSince ?? reply.since ?? now;
  return withConversation(noted(withdrawn, 'askAgain', now), {
    askedAnew: { waitingSince: since, times: (askedAnew?.times ?? 0) + 1 },
  });
}

function apologise(state: ThreadState, reply: ReplyItem, say: string): ThreadState {
  const about = { contentId: reply.inReplyToId, isPrivate: reply.isPrivate };
  const apology = enqueueReply(state, about, { body: say }, 'late', 'bot');
  const { items } = sendAll(state).outbox;
  return withOutbox(state, { items: [apology, ...items] });
}

/** If no human is there and the bot keeps the thread, the replies are sent after all. */
function handOverLate(state: ThreadState, now: number): ThreadState {
  const { items } = sendAll(state).outbox;
  // The end that the bot wants for the conversation comes after its replies.
  const isInstead = (one: OutboxItem) => isBotsAnswer(one) || one.do === 'solve';
  const [instead, others] = [items.filter(isInstead), items.filter((one) => !isInstead(one))];
  const waiting = withOutbox(state, { items: others });
  return handOver(waiting, { because: 'replyLate', farewell: [], instead }, now);
}

/** The replies are sent, late as they are. */
function sendAll(state: ThreadState): ThreadState {
  const items = state.outbox.items.map((one) =>
    isBotsAnswer(one) ? ({ ...one, mayBeLate: true } as const) : one,
  );
  return withOutbox(state, { items });
}

function isBotsAnswer(item: OutboxItem): item is ReplyItem {
  return item.do === 'reply' && item.speaksAs === 'bot' && isAnswer(item);
}
