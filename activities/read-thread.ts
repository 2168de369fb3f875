/** Reads the thread's own categories, and whether it is locked. Repeatable: it only reads. */
import type { WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import type { Ports } from './ports.js';

export const createReadThread = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['readThread'] =>
  async function readThread({ threadId }) {
    const thread = await repeatable(() => engage.getThread(threadId));
    return { categoryIds: thread.thread_category_ids, isLocked: thread.closed };
  };
