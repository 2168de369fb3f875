/**
 * The two workers of a worker process: `threads` runs the workflows and their bots, `engage` spends the
 * platform's budget, limited by the server for all worker processes together.
 */
import { Worker, type NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import { engageActivities, threadsActivities } from '../activities/index.js';
import type { Ports } from '../activities/ports.js';
import { taskQueues } from '../workflows/contract.js';

export type WorkersOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly ports: Ports;
  readonly workflowBundle: WorkflowBundleOption;
  /** What the platform allows this account; its default is 500. */
  readonly engageRequestsPerMinute: number;
};

/** An activity of the engage queue costs about two requests: a reply reads the thread, then posts. */
const requestsPerActivity = 2;

/** In-flight posts may finish: cut off, they would all be ambiguous. */
const shutdown = { shutdownGraceTime: '20s', shutdownForceTime: '30s' } as const;

export async function createWorkers(options: WorkersOptions): Promise<readonly Worker[]> {
  const { connection, namespace, ports, workflowBundle } = options;
  const threads = await Worker.create({
    ...shutdown,
    connection,
    namespace,
    taskQueue: taskQueues.threads,
    workflowBundle,
    activities: threadsActivities(ports),
    maxCachedWorkflows: 1_000,
    workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 1, initial: 5, maximum: 100 },
  });
  const engage = await Worker.create({
    ...shutdown,
    connection,
    namespace,
    taskQueue: taskQueues.engage,
    activities: engageActivities(ports),
    maxConcurrentActivityTaskExecutions: 20,
    maxTaskQueueActivitiesPerSecond: options.engageRequestsPerMinute / 60 / requestsPerActivity,
  });
  return [threads, engage];
}
