/**
 * Which contents of the platform's record nobody has answered. The record says who spoke and what a reply
 * answers, but not what a reply was for: see the comments. Pure.
 */
import type { Speaker } from '../../../bots/bot.js';
import type { ContentEvent } from '../../contract/engage-event.js';

export type Spoken = { readonly event: ContentEvent; readonly by: Speaker };

/**
 * @param spoken oldest first; times are of the second, so that their order is that of the list
 * @param isWithBot whether the thread is in the bot's category
 */
export function unansweredIn(
  spoken: readonly Spoken[],
  isWithBot: boolean,
): readonly ContentEvent[] {
  const newest = spoken.findLastIndex(({ by }) => by === 'customer');
  const humans = spoken.findLastIndex(({ by }) => by === 'agent');
  /** Position of the newest content that the bot has answered, by customer. */
  const answered = new Map<string | undefined, number>();
  for (const [at, { event, by }] of spoken.entries()) {
    const asked = spoken.findLastIndex((one, before) => before < at && isAsked(one, event));
    const customer = spoken[asked]?.event.content.authorId;
    // With humans, the bot's reply to the newest content was its farewell.
    if (by !== 'bot' || asked === -1 || (asked === newest && !isWithBot)) continue;
    answered.set(customer, Math.max(asked, answered.get(customer) ?? -1));
  }
  return spoken.flatMap(({ event, by }, at) => {
    const isOpen = at > humans && at > (answered.get(event.content.authorId) ?? -1);
    return by === 'customer' && isOpen ? [event] : [];
  });
}

/** A reply without a reference answers the newest content before it. */
function isAsked({ event, by }: Spoken, { content }: ContentEvent): boolean {
  const { inReplyToId } = content;
  return by === 'customer' && (inReplyToId === undefined || event.content.id === inReplyToId);
}
