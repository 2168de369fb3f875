/**
 * Reads what the platform knows of a thread: categories, lock, and its newest contents as events. Repeatable:
 * it only reads.
 */
import type { ContentEvent } from '../workflows/contract/engage-event.js';
import type { WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import { factsOfContent } from './reconcile/facts.js';
import type { Ports } from './ports.js';

/** Characters of all contents of an outcome, whose size Temporal limits to 2 MB. */
const mostCharacters = 200_000;

export const createReadContents = ({
  engage,
}: Pick<Ports, 'engage'>): WorkActivities['readContents'] =>
  async function readContents({ threadId, botUserId }) {
    const thread = await repeatable(() => engage.getThread(threadId));
    const contents = await repeatable(() => engage.listThreadContents(threadId));
    let characters = 0;
    const events = contents.flatMap((content): readonly ContentEvent[] => {
      const [fact] = factsOfContent(content, botUserId);
      if (!fact || !('content' in fact.event)) return [];
      const { body, payload = '' } = fact.event.content;
      characters += body.length + payload.length;
      return characters > mostCharacters ? [] : [fact.event];
    });
    const { thread_category_ids: categoryIds, closed: isLocked } = thread;
    return { categoryIds, isLocked, events: events.toReversed() };
  };
