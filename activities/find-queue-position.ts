/**
 * Counts customers who have waited longer, and reads recent waiting times. Repeatable: it only reads.
 */
import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';

export const createFindQueuePosition = ({
  waitingLine,
}: Pick<Ports, 'waitingLine'>): WorkActivities['findQueuePosition'] =>
  async function findQueuePosition(input) {
    return waitingLine.look(input);
  };
