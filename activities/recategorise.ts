/**
 * Removes categories from a thread and adds one; all others are kept. Repeatable: it ends in the same
 * set.
 *
 * The platform replaces the whole set, so the set is read first, from the thread, because a content's
 * categories are its own. The reads and the write share one reservation of the budget: a category that somebody
 * sets while the write waits in line is read and kept. While another categorisation runs the platform
 * answers 409; reading and writing are then repeated together. A virtual agent's handover sets the same
 * set, by which its success is recognised.
 */
import type { EngageClient } from '../engage/client.js';
import { EngageError } from '../engage/errors.js';
import type { RecategoriseInput, WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';

export const createRecategorise = ({
  engage,
}: Pick<Ports, 'engage'>): WorkActivities['recategorise'] =>
  async function recategorise(input) {
    const { threadId, out, in: added, isAgain, asVirtualAgent: as } = input;
    const calls = input.unlessSourceIsHumans === undefined ? 2 : 3;
    const readAndWrite = () =>
      inOneTurn(engage, calls, async ({ mustBeWanted }) => {
        const isHumans = await isForHumans(engage, input);
        const { thread_category_ids: now } = await engage.getThread(threadId);
        if (isHumans && !now.includes(added)) return { categoryIds: now, isKept: true as const };
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

/** True if the source's default categories send threads to humans; false if they cannot be read. */
async function isForHumans(
  engage: Pick<EngageClient, 'getSource'>,
  { unlessSourceIsHumans: sourceId, out, in: added }: RecategoriseInput,
): Promise<boolean> {
  if (sourceId === undefined) return false;
  try {
    const { default_category_ids: defaults } = await engage.getSource(sourceId);
    return !defaults.includes(added) && defaults.some((id) => out.includes(id));
  } catch (error) {
    if (error instanceof EngageError && !error.isTransient) return false;
    throw error;
  }
}
