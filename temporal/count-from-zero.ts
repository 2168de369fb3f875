/**
 * Shows every counter of threads before anything is counted: see `workflows/contract/metrics.ts`. The labels are
 * those that the SDK gives to what workflows count.
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
