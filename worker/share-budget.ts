/**
 * Divides the account's limit equally among the worker processes. Their number is read periodically from
 * Temporal's list of pollers, so that the share follows it.
 */
import type { NativeConnection, Worker } from '@temporalio/worker';
import type { Pace } from '../engage/pace.js';
import { taskQueues } from '../workflows/contract/index.js';

export type BudgetOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly pace: Pace;
  /** Workers of this process. */
  readonly workers: readonly Pick<Worker, 'options'>[];
};

const every = 15_000;
/** Milliseconds. A poll lasts a minute: a worker without a newer poll is gone. */
const gone = 75_000;
/** The enum value of the protocol. */
const activityQueue = 2 as unknown as Parameters<
  NativeConnection['workflowService']['describeTaskQueue']
>[0]['taskQueueType'] &
  number;

/** @returns a function that stops it */
export function shareBudget(options: BudgetOptions): () => void {
  const look = () =>
    void countProcesses(options).then(
      (processes) => options.pace.shareAmong(processes),
      // Temporal is not reachable: the share does not change.
      () => undefined,
    );
  look();
  const timer = setInterval(look, every);
  timer.unref();
  return () => clearInterval(timer);
}

async function countProcesses({ connection, namespace, workers }: BudgetOptions): Promise<number> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueues.engage },
    taskQueueType: activityQueue,
  });
  const alive = pollers.filter(({ lastAccessTime }) => {
    const seconds = Number(lastAccessTime?.seconds ?? 0);
    return Date.now() - seconds * 1_000 < gone;
  });
  const own = workers.map(({ options: { identity } }) => identity);
  return new Set([...own, ...alive.map(({ identity }) => identity)]).size;
}
