import type { WorkActivities } from '../workflows/work.js';
import type { Ports } from './ports.js';

/** Who is at the desk now: its hours, and the humans who could take a thread. Repeatable: it reads. */
export const createCheckDesk = ({ deskOf }: Pick<Ports, 'deskOf'>): WorkActivities['checkDesk'] =>
  async function checkDesk(input) {
    return deskOf(input);
  };
