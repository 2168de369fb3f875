import { tellings } from '../bots/messages/reply.js';
import type { Content } from '../engage/resources.js';
import type { FindReplyInput, WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import type { Ports } from './ports.js';

/** Look for a reply that may have been posted. Repeatable: it only reads. */
export const createFindReply = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['findReply'] =>
  async function findReply(input) {
    const contents = await repeatable(() => engage.listNewestContents(input.threadId));
    const mine = sinceAsked(contents, input).find((content) => isThatReply(content, input));
    if (!mine) return { is: 'notFound' };
    return { is: 'found', contentId: knownAs(mine, input), createdAt: mine.created_at };
  };

/**
 * Ours, under the same content, in the same words, and not one we know by its id already. What is shown
 * without words of ours has none, or its title: one after the other is posted, so no other can be meant.
 */
export function isThatReply(content: Content, reply: FindReplyInput): boolean {
  const isOurs = reply.messenger
    ? content.creator_id === undefined && content.status === 'user_reply'
    : content.creator_id === reply.botUserId && content.in_reply_to_id === reply.inReplyToId;
  return (
    isOurs &&
    !reply.ownContentIds.includes(knownAs(content, reply)) &&
    tellings(reply).some((told) => normalise(told) === normalise(content.body ?? ''))
  );
}

/** What our own app says comes back without what it answers: only what is newer can be it. */
function sinceAsked(contents: readonly Content[], { messenger, inReplyToId }: FindReplyInput) {
  const asked = contents.findIndex(({ id }) => id === inReplyToId);
  return messenger && asked !== -1 ? contents.slice(0, asked) : contents;
}

/** On Messenger by Facebook's id, which its answer to the post says too. */
export function knownAs(
  content: Content,
  { messenger }: Pick<FindReplyInput, 'messenger'>,
): string {
  return (messenger ? content.foreign_id : undefined) ?? content.id;
}

/** The platform trims and may touch white space. */
function normalise(body: string): string {
  return body.replace(/\s+/g, ' ').trim();
}
