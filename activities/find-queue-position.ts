/**
 * Counts customers who have waited longer, and reads recent waiting times. Repeatable: it only reads.
 */
import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';

export const createFindPlace = ({
  waitingLine,
}: Pick<Ports, 'waitingLine'>): WorkActivities['findPlace'] =>
  async function findPlace(input) {
    return waitingLine.look(input);
  };
