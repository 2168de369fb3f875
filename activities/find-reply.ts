/** Searches for a reply that may have been posted. Repeatable: it only reads. */
import { echoTexts } from '../bots/messages/reply.js';
import type { Content } from '../engage/resources.js';
import type { FindReplyInput, WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import type { Ports } from './ports.js';

export const createFindReply = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['findReply'] =>
  async function findReply(input) {
    const contents = await repeatable(() => engage.listNewestContents(input.threadId));
    const mine = sinceAsked(contents, input).find((content) => isThatReply(content, input));
    if (!mine) return { is: 'notFound' };
    return { is: 'found', contentId: idOnChannel(mine, input), createdAt: mine.created_at };
  };

/**
 * True if the content is this reply: by our user, to the same content, with the same text, and not a
 * reply whose id we know. A structured message may have no text, or its title. Replies are posted one
 * after the other, so there is only one candidate.
 */
export function isThatReply(content: Content, reply: FindReplyInput): boolean {
  const isOurs = reply.messenger
    ? content.creator_id === undefined && content.status === 'user_reply'
    : content.creator_id === reply.botUserId && content.in_reply_to_id === reply.inReplyToId;
  return (
    isOurs &&
    !reply.ownContentIds.includes(idOnChannel(content, reply)) &&
    echoTexts(reply).some((text) => normalise(text) === normalise(content.body ?? ''))
  );
}

/** Our own app's posts come back without the content they answer; only newer ones are candidates. */
function sinceAsked(contents: readonly Content[], { messenger, inReplyToId }: FindReplyInput) {
  const asked = contents.findIndex(({ id }) => id === inReplyToId);
  return messenger && asked !== -1 ? contents.slice(0, asked) : contents;
}

/**
 * Id of a content on its channel: on Messenger Facebook's id, which is also in the answer to the post.
 */
export function idOnChannel(
  content: Content,
  { messenger }: Pick<FindReplyInput, 'messenger'>,
): string {
  return (messenger ? content.foreign_id : undefined) ?? content.id;
}

/** The platform trims and may change white space. */
function normalise(body: string): string {
  return body.replace(/\s+/g, ' ').trim();
}
