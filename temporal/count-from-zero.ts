/**
 * Exports every counter of threads with value 0 before the first increment: see
 * `workflows/contract/metrics.ts`. The labels equal those that the SDK adds to metrics of workflows.
 */
import { Runtime } from '@temporalio/worker';
import {
  measures,
  reconcileCounts,
  reconcileWorkflow,
  taskQueues,
  threadCounts,
  threadWorkflow,
  type Count,
} from '../workflows/contract/index.js';

export function countFromZero(namespace: string, sources: readonly string[]): void {
  const meter = Runtime.instance().metricMeter;
  const show = (workflowType: string, counts: readonly Count[]) => {
    const tags = { namespace, taskQueue: taskQueues.threads, workflowType };
    for (const { name, labels } of counts) {
      meter.createCounter(name, undefined, measures[name]).add(0, { ...tags, ...labels });
    }
  };
  for (const source of sources) show(threadWorkflow, threadCounts(source));
  show(reconcileWorkflow, reconcileCounts);
}
