/**
 * Workers shared by consecutive scenarios on one server, because starting them costs as much as a
 * scenario. Between scenarios only the implementations of their activities are replaced.
 */
import type { WorkerActivities, WorkersOptions } from '../worker/workers.js';
import { runWorkers, type RunningWorkers } from './run-workers.js';

export type SharedWorkers = {
  /** Sets the activities from now on. The first call starts the workers. */
  use(activities: WorkerActivities): Promise<void>;
  stop(): Promise<void>;
};

export function createSharedWorkers(options: Omit<WorkersOptions, 'activities'>): SharedWorkers {
  let current: WorkerActivities | undefined;
  let running: RunningWorkers | undefined;
  const now = (): WorkerActivities => {
    if (!current) throw new Error('no scenario is being played');
    return current;
  };
  return {
    async use(wanted) {
      const isFirst = current === undefined;
      current = wanted;
      if (!isFirst) return;
      const activities = {
        threads: delegating(wanted.threads, () => now().threads),
        engage: delegating(wanted.engage, () => now().engage),
        emergency: delegating(wanted.emergency, () => now().emergency),
      };
      running = await runWorkers({ ...options, activities, isInMainThread: true });
    },
    async stop() {
      await running?.stop();
    },
  };
}

/** Delegates each call to the current implementation of the same name. */
function delegating<T extends object>(known: T, now: () => T): T {
  const names = Object.keys(known) as (keyof T & string)[];
  const calls = names.map((name) => [
    name,
    (...args: unknown[]) => (now()[name] as (...args: unknown[]) => unknown)(...args),
  ]);
  return Object.fromEntries(calls) as T;
}
