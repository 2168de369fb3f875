/** Runs the workers of every task queue in this process. */
import { createWorkers, type WorkersOptions } from '../worker/workers.js';

export type RunningWorkers = {
  /** Stops them by a clean shutdown. */
  stop(): Promise<void>;
};

export async function runWorkers(options: WorkersOptions): Promise<RunningWorkers> {
  const workers = await createWorkers(options);
  const ended = Promise.all(workers.map((worker) => worker.run()));
  return {
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}
