import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';

/** Who waits for a human longer than this customer, and how long others have. Repeatable: it reads. */
export const createFindPlace = ({
  waitingLine,
}: Pick<Ports, 'waitingLine'>): WorkActivities['findPlace'] =>
  async function findPlace(input) {
    return waitingLine.look(input);
  };
