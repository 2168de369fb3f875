/**
 * Workers that serve one scenario after the other on one server: starting them costs as much as a scenario.
 * Between two scenarios only what their activities do is exchanged.
 */
import type { Worker } from '@temporalio/worker';
import type { Ports } from '../activities/ports.js';
import { createWorkers, workerActivities, type WorkerActivities } from '../worker/workers.js';
import type { WorkersOptions } from '../worker/workers.js';

export type SharedWorkers = {
  /** From now on activities are those of these ports. Starts the workers at the first call. */
  use(ports: Ports): Promise<void>;
  stop(): Promise<void>;
};

export type SharedWorkersOptions = Omit<WorkersOptions, 'ports' | 'activities'>;

export function createSharedWorkers(options: SharedWorkersOptions): SharedWorkers {
  let current: WorkerActivities | undefined;
  let workers: readonly Worker[] = [];
  let ended: Promise<unknown> = Promise.resolve();
  const now = (): WorkerActivities => {
    if (!current) throw new Error('no scenario is being played');
    return current;
  };
  return {
    async use(ports) {
      const isFirst = current === undefined;
      current = workerActivities(ports, options.engageRequestsPerMinute);
      if (!isFirst) return;
      const activities = {
        threads: delegating(current.threads, () => now().threads),
        engage: delegating(current.engage, () => now().engage),
        emergency: delegating(current.emergency, () => now().emergency),
      };
      workers = await createWorkers({ ...options, ports, activities });
      ended = Promise.all(workers.map((worker) => worker.run()));
    },
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

/** The same names; each call goes to whoever has the name now. */
function delegating<T extends object>(known: T, now: () => T): T {
  const names = Object.keys(known) as (keyof T & string)[];
  const calls = names.map((name) => [
    name,
    (...args: unknown[]) => (now()[name] as (...args: unknown[]) => unknown)(...args),
  ]);
  return Object.fromEntries(calls) as T;
}
