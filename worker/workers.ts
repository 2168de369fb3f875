/**
 * The workers of a worker process: `threads` runs the workflows and their bots, `engage` spends the
 * platform's budget, as `engage/pace.ts` lets it, and `emergency` has nothing to do but to be there at once.
 */
import {
  Worker,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { emergencyActivities, engageActivities, threadsActivities } from '../activities/index.js';
import type { Ports } from '../activities/ports.js';
import { taskQueues } from '../workflows/contract/index.js';

export type WorkerVersion = { readonly deploymentName: string; readonly buildId: string };

export type WorkersOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** `workerActivities`, or something in their place. */
  readonly activities: WorkerActivities;
  readonly workflowBundle: WorkflowBundleOption;
  /** What the platform allows this account; its default is 500. */
  readonly engageRequestsPerMinute: number;
  /** With it, these workers get work only while their version is the current or the ramping one. */
  readonly version?: WorkerVersion | undefined;
  /** Threads held in memory between their tasks; with 0 each task replays the thread's history. */
  readonly cachedThreads?: number;
  /** Absent: payloads are not encrypted. Otherwise the bundle is one for that. */
  readonly dataConverter?: WorkerOptions['dataConverter'];
  /**
   * Workflows run in this process's main thread, without a limit on how long a task may think: workers start
   * in a quarter of the CPU, for tests and for commands that end soon.
   */
  readonly isInMainThread?: boolean;
};

/**
 * Temporal limits the queue for all processes together, as an outer wall: an activity costs one request or
 * more, and of what it is told the server hands out some five sixths.
 */
const wall = 1.25;

/** Activities that have begun wait for their requests' turn: never more than about two seconds' worth. */
const secondsOfWaiting = 2;
const fewestAtOnce = 2;
const mostAtOnce = 20;

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

/** By task queue. */
export type WorkerActivities = {
  readonly threads: ReturnType<typeof threadsActivities>;
  readonly engage: ReturnType<typeof engageActivities>;
  readonly emergency: ReturnType<typeof emergencyActivities>;
};

export function workerActivities(ports: Ports, engageRequestsPerMinute: number): WorkerActivities {
  const movesPerSecond = ((engageRequestsPerMinute / 60) * shareOfMoves) / requestsPerMove;
  return {
    threads: threadsActivities(ports),
    engage: engageActivities(ports),
    emergency: emergencyActivities(ports, movesPerSecond),
  };
}

export async function createWorkers(options: WorkersOptions): Promise<readonly Worker[]> {
  const { activities, workflowBundle, engageRequestsPerMinute, cachedThreads = 1_000 } = options;
  const base = baseOf(options);
  const requestsPerSecond = engageRequestsPerMinute / 60;
  const threads = await Worker.create({
    ...base,
    taskQueue: taskQueues.threads,
    workflowBundle,
    activities: activities.threads,
    maxCachedWorkflows: cachedThreads,
    ...patience,
    workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 1, initial: 5, maximum: 100 },
  });
  const engage = await Worker.create({
    ...base,
    taskQueue: taskQueues.engage,
    activities: activities.engage,
    maxConcurrentActivityTaskExecutions: atOnce(requestsPerSecond),
    maxTaskQueueActivitiesPerSecond: requestsPerSecond * wall,
  });
  return [threads, engage, await createEmergencyWorker(options, activities.emergency)];
}

function baseOf(options: WorkersOptions) {
  const { connection, namespace, dataConverter, isInMainThread: debugMode = false } = options;
  const encrypting = dataConverter && { dataConverter };
  return { ...shutdown, ...versionOf(options), ...encrypting, connection, namespace, debugMode };
}

function atOnce(requestsPerSecond: number): number {
  const wanted = Math.round(requestsPerSecond * secondsOfWaiting);
  return Math.min(Math.max(wanted, fewestAtOnce), mostAtOnce);
}

async function createEmergencyWorker(
  options: WorkersOptions,
  activities: WorkerActivities['emergency'],
): Promise<Worker> {
  const { workflowBundle } = options;
  return Worker.create({
    ...baseOf(options),
    taskQueue: taskQueues.emergency,
    workflowBundle,
    activities,
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
