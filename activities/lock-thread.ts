/** Locks a thread, so that nobody can reply to it. Repeatable: a locked one is left as it is. */
import type { WorkActivities } from '../workflows/contract/work.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';
import { refusable } from './refusable.js';

export const createLockThread = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['lockThread'] =>
  async function lockThread({ threadId }) {
    const readAndLock = () =>
      inOneTurn(engage, 2, async ({ mustBeWanted }) => {
        const { closed } = await engage.getThread(threadId);
        if (closed) return;
        mustBeWanted();
        await engage.closeThread(threadId);
      });
    return refusable(readAndLock);
  };
