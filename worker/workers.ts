/**
 * The workers of a worker process, by task queue: `threads` runs the workflows and their bots, `engage`
 * spends the platform's budget, paced by `engage/pace.ts`, and `emergency` is otherwise idle, so that its
 * tasks start at once.
 */
import {
  Worker,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { emergencyActivities, engageActivities, threadsActivities } from '../activities/index.js';
import type { Ports } from '../activities/ports.js';
import { concurrencyOf, type Concurrency } from './concurrency.js';
import { taskQueues } from '../workflows/contract/index.js';

export type WorkerVersion = { readonly deploymentName: string; readonly buildId: string };

export type WorkersOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** `workerActivities`, or a replacement in tests. */
  readonly activities: WorkerActivities;
  readonly workflowBundle: WorkflowBundleOption;
  /** The platform's limit for this account; the platform's default is 500. */
  readonly engageRequestsPerMinute: number;
  /** With it, these workers get work only while their version is current or ramping. */
  readonly version?: WorkerVersion | undefined;
  /** Number of threads cached between tasks; with 0 each task replays the thread's history. */
  readonly cachedThreads?: number;
  /** Default: by the machine's cores. */
  readonly concurrency?: Concurrency;
  /** Absent: payloads are not encrypted. Otherwise the bundle must be the one for encryption. */
  readonly dataConverter?: WorkerOptions['dataConverter'];
  /**
   * Runs workflows in this process's main thread, without a time limit per task: workers start with a
   * quarter of the CPU, for tests and short commands.
   */
  readonly isInMainThread?: boolean;
};

/**
 * Temporal's rate limit of the queue for all processes together is only an outer bound: an activity costs
 * one request or more, and the server dispatches about five sixths of the configured rate.
 */
const wall = 1.25;

/** Activities in progress wait for budget, for about two seconds' worth at most. */
const secondsOfWaiting = 2;
const fewestAtOnce = 2;
const mostAtOnce = 20;

/** A move reads the thread, sets its categories, and may open an intervention and leave a note. */
const requestsPerMove = 4;
/** Share of the platform's budget; the rest is for other work. */
const shareOfMoves = 0.8;

/**
 * Time limit of one workflow task. After the default of five seconds Node may abort the whole process, and
 * on a busy machine many contents can take longer. The SDK accepts the option, although the type of worker
 * options lacks it.
 */
const timeout = { isolateExecutionTimeout: '60s' } as const;

/** Lets posts in flight finish: if cut off, all of them would be ambiguous. */
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
  const { workflowTasks, activities: questions } = options.concurrency ?? concurrencyOf();
  const requestsPerSecond = engageRequestsPerMinute / 60;
  const threads = await Worker.create({
    ...base,
    taskQueue: taskQueues.threads,
    workflowBundle,
    activities: activities.threads,
    maxCachedWorkflows: cachedThreads,
    ...timeout,
    maxConcurrentWorkflowTaskExecutions: workflowTasks,
    maxConcurrentActivityTaskExecutions: questions,
    workflowTaskPollerBehavior: pollersFor(workflowTasks),
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

/** A poll waits until a task may run, so that more polls than tasks would be of no use. */
function pollersFor(workflowTasks: number) {
  const initial = Math.min(5, workflowTasks);
  return { type: 'autoscaling' as const, minimum: 1, initial, maximum: workflowTasks };
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
 * A thread moves to the current version (decision 21): it may live for weeks, and workers of its first
 * version would have to run as long.
 */
function versionOf({ version }: WorkersOptions): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!version) return {};
  const defaultVersioningBehavior = 'AUTO_UPGRADE';
  const useWorkerVersioning = true;
  return { workerDeploymentOptions: { version, useWorkerVersioning, defaultVersioningBehavior } };
}
