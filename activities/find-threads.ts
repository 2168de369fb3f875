import type { EmergencyActivities } from '../workflows/contract/index.js';
import type { Ports } from './ports.js';

/** More than this are found by the next search, when these have moved. */
const limit = 5_000;
/** Threads that went to humans at the gate, without being asked; beyond this they are only counted. */
const thereLimit = 1_000;

/** Running threads by what searches see of them, which lags behind. Repeatable: it only reads. */
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
