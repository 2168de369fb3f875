/**
 * Checks agent availability: business hours, and agents who could take a thread. Repeatable: it only
 * reads.
 *
 * Outside business hours no call is made. If the platform or the directory does not answer, the result
 * is unknown and the rules hand over, so that the customer does not wait. A worker that does not know the
 * source fails, and another one may know it.
 */
import { log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';
import { agentAvailability } from './agent-availability.js';

export const createCheckAvailability = (
  ports: Pick<Ports, 'availabilityOf' | 'agentsAt' | 'directory'>,
): WorkActivities['checkAvailability'] =>
  async function checkAvailability(input) {
    const rules = ports.availabilityOf(input);
    if (!rules) throw ApplicationFailure.retryable('source not on this worker', 'UnknownSource');
    const { ask, teamIds, ...opening } = rules;
    if (!opening.isOpen || ask === 'never') return { ...opening, agents: 'unknown' };
    const agents = await agentAvailability(ports, input, { ask, teamIds }).catch(
      (error: unknown) => {
        log.warn('agent availability is unknown', {
          error: error instanceof Error ? error.name : error,
        });
        return 'unknown' as const;
      },
    );
    return { ...opening, agents };
  };
