/**
 * Whether a customer was left waiting at the end of a random conversation: by what the platform has, and by
 * what the thread says of itself.
 */
import type { RandomConversation } from './conversation.js';

/** Texts by which Baton promises an answer or asks for a word: they answer nothing. */
const promises = [
  'HANDOVER',
  'STILL WAITING',
  'ASKING OTHERS',
  'NUDGE',
  'SORRY FOR THAT',
  'EMERGENCY',
];

/** True if nobody has answered the customer's last content, and no person has ended the conversation since. */
export function customersUnanswered({
  run,
  platform,
  closedByPersonAt,
}: RandomConversation): boolean {
  const last = platform.said.findLastIndex(({ by }) => by === 'customer');
  const saidAt = platform.said[last]?.at ?? 0;
  const after = platform.said.slice(last + 1);
  const isAnswered = after.some(({ body, isDraft }) => !isDraft && !promises.includes(body));
  if (isAnswered || platform.isLocked || closedByPersonAt >= saidAt) return false;
  const { log } = run.state.report;
  // Farewells, and requests for a human that are withdrawn, wait for no answer.
  const isWithdrawn =
    platform.said[last]?.body === 'cancel' &&
    run.state.ownership.history.some(
      ({ reason, since }) => reason === 'handoverCancelled' && since >= saidAt,
    );
  return !isWithdrawn && !log.some(({ code, at }) => code === 'stayedClosed' && at >= saidAt);
}

/** @returns what is wrong; nothing if the customer was answered, or if it is known who must speak */
export function leftWaiting(played: RandomConversation): string | undefined {
  const { run, platform } = played;
  const { ownership, report, conversation } = run.state;
  if (report.attention.length > 0 || !customersUnanswered(played)) return undefined;
  const { phase, reason } = ownership;
  const { waiting, unanswered, turn } = conversation;
  const open = `${waiting.length} waiting, ${unanswered.length} unanswered${turn ? ', a turn' : ''}`;
  return `${phase}/${reason ?? 'none'} in ${platform.categoryIds.join(' ')}: ${open}`;
}

/** Humans have the thread by its phase, and the bot by its category: nobody sees it. */
export function halfOpen({ run, platform }: RandomConversation): string | undefined {
  const { ownership, report } = run.state;
  if (platform.isLocked || report.attention.length > 0) return undefined;
  const isWithHumans = ownership.phase === 'handover' || ownership.phase === 'agent';
  const isInBots = platform.categoryIds.includes('category-bot');
  // No webhook reports a change of category: it is noticed with the customer's next content.
  const isNoticed = run.state.conversation.unanswered.length > 0;
  if (isWithHumans && isInBots && isNoticed) return `${ownership.phase} in the bot's category`;
  if (ownership.phase === 'bot' && !isInBots) return 'bot without its category';
  return undefined;
}

/** A content of the customer that the bot has answered more than once. */
export function answeredTwice({ platform }: RandomConversation): string | undefined {
  const answered = platform.said.flatMap(({ body, to }) =>
    body.startsWith('ANSWER') && to !== undefined ? [to] : [],
  );
  const twice = answered.find((id, index) => answered.indexOf(id) !== index);
  return twice && `${twice} was answered twice`;
}
