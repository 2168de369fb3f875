/**
 * Finds threads whose run Temporal or a person ended, and tells their present run. Repeatable.
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

export const createTellEndedThreads = ({
  endedRuns,
}: Pick<Ports, 'endedRuns'>): EndedThreadsActivities['tellEndedThreads'] =>
  async function tellEndedThreads(ended) {
    const { heartbeat, log } = Context.current();
    let [told, failed] = [0, 0];
    for await (const { workflowId, isTold, failure } of endedRuns.tell(ended)) {
      heartbeat();
      if (isTold) told += 1;
      if (failure === undefined) continue;
      failed += 1;
      log.warn('a thread could not begin anew', { workflowId, reason: failure });
    }
    return { told, failed };
  };
