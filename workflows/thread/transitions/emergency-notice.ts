/**
 * Tells a customer who is unanswered in an operator's emergency that it takes longer (`texts.emergency`): once per
 * customer and emergency, in reply to their own words. By default nothing is said.
 *
 * It is sent only while the thread waits for a human because of the emergency, and dropped as soon as a human
 * engages or the emergency ends. The emergency silences the bot, not this text.
 */
import { enqueue, enqueueReply } from '../state/outbox-operations.js';
import { aboutContent, type ReplyItem } from '../state/outbox-item.js';
import { withHuman } from '../state/human.js';
import type { ThreadState } from '../state/state.js';
import type { WaitingContent } from '../state/turn.js';

const purpose = 'emergency';
/** Customers of a public thread who are remembered as told. */
const toldLimit = 50;

export function noticeEmergency(state: ThreadState): ThreadState {
  const { ownership, conversation, settings } = state;
  const say = settings.texts.emergency;
  const isParked = ownership.phase === 'handover' && ownership.reason === 'emergency';
  if (say === undefined || !isParked) return state;
  // The newest content of each customer.
  const newest = new Map(conversation.unanswered.map(({ content }) => [content.authorId, content]));
  return [...newest.values()].reduce((next, content) => noticeOne(next, content, say), state);
}

function noticeOne(
  state: ThreadState,
  content: WaitingContent['content'],
  say: string,
): ThreadState {
  const { authorId: customerId = '' } = content;
  const told = state.human.toldOfEmergency ?? [];
  if (told.includes(customerId)) return state;
  const about = aboutContent(content);
  const notice = enqueueReply(state, about, { body: say }, purpose, 'afterHandover');
  return withHuman(enqueue(state, notice), {
    toldOfEmergency: [...told, customerId].slice(-toldLimit),
  });
}

/** The bot speaks again: a later emergency is another one. */
export function emergencyIsOver(state: ThreadState): ThreadState {
  return state.human.toldOfEmergency ? withHuman(state, { toldOfEmergency: undefined }) : state;
}

export function isEmergencyNotice(reply: ReplyItem): boolean {
  return reply.purpose === purpose;
}
