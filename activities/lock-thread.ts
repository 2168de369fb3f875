import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';
import { refusable } from './refusable.js';

/** Lock a thread: nobody can reply to it any more. Repeatable: a locked one is left as it is. */
export const createLockThread = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['lockThread'] =>
  async function lockThread({ threadId }) {
    return refusable(async () => {
      const { closed } = await engage.getThread(threadId);
      if (!closed) await engage.closeThread(threadId);
    });
  };
