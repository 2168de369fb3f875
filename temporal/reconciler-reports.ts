/** Reads the reports of the reconciler's last runs: one search, and the result of each run. */
import { reconcileWorkflow, type ReconcileReport } from '../workflows/contract/index.js';
import { connectOperator } from './operator-connection.js';
import type { TemporalSettings } from './settings.js';
import { quote } from './thread-search.js';

export type ReconcilerRun = {
  /** Time at which the run ended. */
  readonly at: Date;
  readonly report: ReconcileReport;
};

export type ReconcilerReports = {
  /** Newest first. @throws TemporalAway */
  last(count: number): Promise<readonly ReconcilerRun[]>;
  close(): Promise<void>;
};

export function connectReconcilerReports(temporal: TemporalSettings): ReconcilerReports {
  const { connection, client, inTime } = connectOperator(temporal, 'the reconciler');
  const { workflow } = client;
  const query = `WorkflowType = ${quote(reconcileWorkflow)} AND ExecutionStatus = 'Completed'`;
  return {
    last: (count) =>
      inTime(async () => {
        const runs: ReconcilerRun[] = [];
        for await (const { workflowId, runId, closeTime } of workflow.list({
          query,
          pageSize: count,
        })) {
          const handle = workflow.getHandle(workflowId, runId);
          const report = (await handle.result()) as ReconcileReport;
          runs.push({ at: closeTime ?? new Date(0), report });
          if (runs.length >= count) break;
        }
        return runs.sort((a, b) => b.at.getTime() - a.at.getTime());
      }),
    close: () => connection.close(),
  };
}
