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

const purpose = 'emergency';
/** Customers of a public thread who are remembered as told. */
const toldLimit = 50;

export function noticeEmergency(state: ThreadState): ThreadState {
  const { ownership, human, conversation, settings } = state;
  const say = settings.texts.emergency;
  const newest = conversation.unanswered.at(-1);
  const isParked = ownership.phase === 'handover' && ownership.reason === 'emergency';
  if (say === undefined || !newest || !isParked) return state;
  const { content } = newest;
  const { authorId: customerId = '' } = content;
  const told = human.toldOfEmergency ?? [];
  if (told.includes(customerId)) return state;
  const notice = enqueueReply(
    state,
    aboutContent(content),
    { body: say },
    purpose,
    'afterHandover',
  );
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
