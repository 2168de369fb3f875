/**
 * Removes categories from a thread and adds one; all others are kept. Repeatable: it ends in the same
 * set.
 *
 * The platform replaces the whole set, so the set is read first, from the thread, because a content's
 * categories are its own. Reading and writing share one reservation of the budget: a category that somebody
 * sets while the write waits in line is read and kept. While another categorisation runs the platform
 * answers 409; reading and writing are then repeated together. A virtual agent's handover sets the same
 * set, by which its success is recognised.
 */
import type { WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';

export const createRecategorise = ({
  engage,
}: Pick<Ports, 'engage'>): WorkActivities['recategorise'] =>
  async function recategorise({ threadId, out, in: added, isAgain, asVirtualAgent: as }) {
    const readAndWrite = () =>
      inOneTurn(engage, 2, async ({ mustBeWanted }) => {
        const { thread_category_ids: now } = await engage.getThread(threadId);
        const wanted = [...now.filter((id) => !out.includes(id) && id !== added), added];
        const isDone = now.includes(added) && !out.some((id) => now.includes(id));
        if (isDone && !isAgain) return { categoryIds: now };
        mustBeWanted();
        if (as) await engage.handOverAsBot({ ...as, categoryIds: wanted });
        else await engage.setThreadCategories(threadId, wanted);
        return { categoryIds: isDone ? now : wanted };
      });
    return repeatable(readAndWrite);
  };
