/** Locks a thread, so that nobody can reply to it. Repeatable: a locked one is left as it is. */
import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';
import { refusable } from './refusable.js';

export const createLockThread = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['lockThread'] =>
  async function lockThread({ threadId }) {
    return refusable(async () => {
      const { closed } = await engage.getThread(threadId);
      if (!closed) await engage.closeThread(threadId);
    });
  };
