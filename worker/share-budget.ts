/**
 * The account's limit is one, worker processes may be many: each takes an equal share. How many there are
 * Temporal knows, because all of them ask it for work; asked again and again, the share follows.
 */
import type { NativeConnection, Worker } from '@temporalio/worker';
import type { Pace } from '../engage/pace.js';
import { taskQueues } from '../workflows/contract/index.js';

export type BudgetOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly pace: Pace;
  /** Of this process. */
  readonly workers: readonly Pick<Worker, 'options'>[];
};

const every = 15_000;
/** A poll lasts a minute: who has not begun one for longer than that is gone. */
const gone = 75_000;
/** As the protocol has it. */
const activityQueue = 2 as unknown as Parameters<
  NativeConnection['workflowService']['describeTaskQueue']
>[0]['taskQueueType'] &
  number;

/** @returns ends it */
export function shareBudget(options: BudgetOptions): () => void {
  const look = () =>
    void countProcesses(options).then(
      (processes) => options.pace.shareAmong(processes),
      // Temporal is away: the share stays what it was.
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
