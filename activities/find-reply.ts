import type { Content } from '../engage/resources.js';
import type { FindReplyInput, WorkActivities } from '../workflows/work.js';
import { repeatable } from './failure.js';
import type { Ports } from './ports.js';

/** Look for a reply that may have been posted. Repeatable: it only reads. */
export const createFindReply = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['findReply'] =>
  async function findReply(input) {
    const contents = await repeatable(() => engage.listNewestContents(input.threadId));
    const mine = contents.find((content) => isThatReply(content, input));
    if (!mine) return { is: 'notFound' };
    return { is: 'found', contentId: mine.id, createdAt: mine.created_at };
  };

/** Ours, under the same content, in the same words, and not one we know by its id already. */
export function isThatReply(content: Content, reply: FindReplyInput): boolean {
  return (
    content.creator_id === reply.botUserId &&
    content.in_reply_to_id === reply.inReplyToId &&
    !reply.ownContentIds.includes(content.id) &&
    normalise(content.body ?? '') === normalise(reply.body)
  );
}

/** The platform trims and may touch white space. */
function normalise(body: string): string {
  return body.replace(/\s+/g, ' ').trim();
}
