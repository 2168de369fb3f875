import { log } from '@temporalio/activity';
import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';
import { whoIsThere } from './who-is-there.js';

/**
 * Who is at the desk now: its hours, and the humans who could take a thread. Repeatable: it reads.
 *
 * A closed desk asks nobody. A platform or a directory that gives no answer is no reason to keep the
 * customer waiting: then nobody knows, and the rules hand over all the same.
 */
export const createCheckAvailability = (
  ports: Pick<Ports, 'availabilityOf' | 'agentsAt' | 'directory'>,
): WorkActivities['checkAvailability'] =>
  async function checkAvailability(input) {
    const { ask, teamIds, ...opening } = ports.availabilityOf(input);
    if (!opening.isOpen || ask === 'never') return { ...opening, agents: 'unknown' };
    const agents = await whoIsThere(ports, input, { ask, teamIds }).catch((error: unknown) => {
      log.warn('who is there is not known', { error: error instanceof Error ? error.name : error });
      return 'unknown' as const;
    });
    return { ...opening, agents };
  };
