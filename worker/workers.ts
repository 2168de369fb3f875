/**
 * The workers of a worker process: `threads` runs the workflows and their bots, `engage` spends the
 * platform's budget, limited by the server for all worker processes together, and `emergency` has
 * nothing to do but to be there at once.
 */
import {
  Worker,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { emergencyActivities, engageActivities, threadsActivities } from '../activities/index.js';
import type { Ports } from '../activities/ports.js';
import { taskQueues } from '../workflows/contract.js';

export type WorkerVersion = { readonly deploymentName: string; readonly buildId: string };

export type WorkersOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly ports: Ports;
  readonly workflowBundle: WorkflowBundleOption;
  /** What the platform allows this account; its default is 500. */
  readonly engageRequestsPerMinute: number;
  /** With it, these workers get work only while their version is the current or the ramping one. */
  readonly version?: WorkerVersion | undefined;
  /** Threads held in memory between their tasks; with 0 each task replays the thread's history. */
  readonly cachedThreads?: number;
};

/** An activity of the engage queue costs about two requests: a reply reads the thread, then posts. */
const requestsPerActivity = 2;

/** A handover reads the thread, sets its categories, and may open an intervention and leave a note. */
const requestsPerMove = 4;
/** Of the platform's budget: the rest is for what is going on besides. */
const shareOfMoves = 0.8;

/**
 * How long a thread may think about one batch of facts. By default five seconds; when that is over Node
 * may abort the whole process, and a busy machine with a flood of contents does not always keep it.
 * The SDK takes the option without naming it among those of a worker.
 */
const patience = { isolateExecutionTimeout: '60s' } as const;

/** In-flight posts may finish: cut off, they would all be ambiguous. */
const shutdown = { shutdownGraceTime: '20s', shutdownForceTime: '30s' } as const;

export async function createWorkers(options: WorkersOptions): Promise<readonly Worker[]> {
  const { connection, namespace, ports, workflowBundle, cachedThreads = 1_000 } = options;
  const threads = await Worker.create({
    ...shutdown,
    ...versionOf(options),
    connection,
    namespace,
    taskQueue: taskQueues.threads,
    workflowBundle,
    activities: threadsActivities(ports),
    maxCachedWorkflows: cachedThreads,
    ...patience,
    workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 1, initial: 5, maximum: 100 },
  });
  const engage = await Worker.create({
    ...shutdown,
    ...versionOf(options),
    connection,
    namespace,
    taskQueue: taskQueues.engage,
    activities: engageActivities(ports),
    maxConcurrentActivityTaskExecutions: 20,
    maxTaskQueueActivitiesPerSecond: options.engageRequestsPerMinute / 60 / requestsPerActivity,
  });
  return [threads, engage, await createEmergencyWorker(options)];
}

async function createEmergencyWorker(options: WorkersOptions): Promise<Worker> {
  const { connection, namespace, ports, workflowBundle } = options;
  const movesPerSecond = ((options.engageRequestsPerMinute / 60) * shareOfMoves) / requestsPerMove;
  return Worker.create({
    ...shutdown,
    ...versionOf(options),
    connection,
    namespace,
    taskQueue: taskQueues.emergency,
    workflowBundle,
    activities: emergencyActivities(ports, movesPerSecond),
    maxCachedWorkflows: 10,
    maxConcurrentActivityTaskExecutions: 4,
  });
}

/**
 * A thread goes on with whichever version is current (decision 21): it may live for weeks, and workers of
 * its first version would have to live as long.
 */
function versionOf({ version }: WorkersOptions): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!version) return {};
  const defaultVersioningBehavior = 'AUTO_UPGRADE';
  const useWorkerVersioning = true;
  return { workerDeploymentOptions: { version, useWorkerVersioning, defaultVersioningBehavior } };
}
