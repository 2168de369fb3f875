/**
 * Tells a customer who is unanswered in an operator's emergency that it takes longer (`texts.emergency`): once per
 * customer and emergency, in reply to their own words. By default nothing is said.
 *
 * It is sent only while the thread waits for a human because of the emergency, or in place of a handover's text that
 * the emergency has stopped. It is dropped as soon as a human engages or the emergency ends. The emergency
 * silences the bot, not this text.
 */
import {
  changeReply,
  enqueue,
  enqueueReply,
  isHandoverText,
  removeItem,
} from '../state/outbox-operations.js';
import { aboutContent, type ReplyItem } from '../state/outbox-item.js';
import { withHuman } from '../state/human.js';
import type { ThreadState } from '../state/state.js';
import type { WaitingContent } from '../state/turn.js';

const purpose = 'emergency';
/** Milliseconds. An attempt in an emergency calls nothing of the platform. */
const untilNextLook = 60_000;
/** Maximum number of notified customers kept for a public thread. */
const notifiedLimit = 50;

export function noticeEmergency(state: ThreadState): ThreadState {
  const { phase, reason } = state.ownership;
  return phase === 'handover' && reason === 'emergency' ? noticeUnanswered(state) : state;
}

/**
 * The emergency has stopped one of Baton's own texts while the customer waits for a human for another reason. In
 * place of the text of the handover they are told of the emergency, or hear that text after it. Other texts
 * are dropped: they are about a time that has passed.
 */
export function afterStoppedText(state: ThreadState, reply: ReplyItem, now: number): ThreadState {
  const { ownership, settings } = state;
  const isPresent = ownership.phase === 'handover' && reply.epoch === ownership.epoch;
  if (!isPresent || !isHandoverText(reply)) return removeItem(state, reply.key);
  if (settings.texts.emergency !== undefined) return noticeUnanswered(removeItem(state, reply.key));
  return changeReply(state, reply.key, { nextAttemptAt: now + untilNextLook });
}

function noticeUnanswered(state: ThreadState): ThreadState {
  const { conversation, settings } = state;
  const say = settings.texts.emergency;
  if (say === undefined) return state;
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
  const notified = state.human.emergencyNoticeSentTo ?? [];
  if (notified.includes(customerId)) return state;
  const about = aboutContent(content);
  const notice = enqueueReply(state, about, { body: say }, purpose, 'afterHandover');
  return withHuman(enqueue(state, notice), {
    emergencyNoticeSentTo: [...notified, customerId].slice(-notifiedLimit),
  });
}

/** The bot speaks again: a later emergency is another one. */
export function emergencyIsOver(state: ThreadState): ThreadState {
  return state.human.emergencyNoticeSentTo
    ? withHuman(state, { emergencyNoticeSentTo: undefined })
    : state;
}

export function isEmergencyNotice(reply: ReplyItem): boolean {
  return reply.purpose === purpose;
}
