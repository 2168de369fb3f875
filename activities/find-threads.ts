/** Finds running threads by search attributes, which lag behind. Repeatable: it only reads. */
import type { EmergencyActivities } from '../workflows/contract/index.js';
import type { Ports } from './ports.js';

/** Further threads are found by the next search, after these have moved. */
const limit = 5_000;
/** Limit for threads that went to humans without being asked; beyond it they are only counted. */
const thereLimit = 1_000;

export const createFindThreads = ({
  runningThreads,
}: Pick<Ports, 'runningThreads'>): EmergencyActivities['findThreads'] =>
  async function findThreads({ way, search, waiting: waitingSearch }) {
    const workflowIds = await runningThreads.find(search, limit);
    const isAll = workflowIds.length < limit;
    const total = isAll ? workflowIds.length : await runningThreads.count(search);
    const there = way === 'toHumans' ? await runningThreads.find(waitingSearch, thereLimit) : [];
    const waiting = await runningThreads.count(waitingSearch);
    return { workflowIds, total: Math.max(total, workflowIds.length), there, waiting };
  };
