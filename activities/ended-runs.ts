/**
 * Finds threads whose run Temporal or a person ended, and has them rebuilt. Repeatable.
 *
 * At the start of a run the search is best effort: it lags behind, and its failure must not delay a customer.
 */
import { Context } from '@temporalio/activity';
import type { EndedRunActivities, EndedThreadsActivities } from '../workflows/contract/index.js';
import type { Ports } from './ports.js';

export const createFindEndedRun = ({
  endedRuns,
}: Pick<Ports, 'endedRuns'>): EndedRunActivities['findEndedRun'] =>
  async function findEndedRun() {
    const { workflowExecution: caller } = Context.current().info;
    return caller && endedRuns.before(caller).catch(() => undefined);
  };

export const createRebuildEndedThreads = ({
  endedRuns,
}: Pick<Ports, 'endedRuns'>): EndedThreadsActivities['rebuildEndedThreads'] =>
  async function rebuildEndedThreads(ended) {
    const { heartbeat, log } = Context.current();
    let [rebuilt, failed] = [0, 0];
    for await (const { workflowId, isRebuilt, failure } of endedRuns.rebuild(ended)) {
      heartbeat();
      if (isRebuilt) rebuilt += 1;
      if (failure === undefined) continue;
      failed += 1;
      log.warn('a thread could not be rebuilt', { workflowId, reason: failure });
    }
    return { rebuilt, failed };
  };
