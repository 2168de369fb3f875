/**
 * How much a worker does at once, by its cores. Running a workflow task is computing: more of them at once end
 * no sooner, but each lasts longer, and what lasts longer than ten seconds is begun again on the server. After
 * a restart every thread is loaded from its history, so that this is the time when it matters.
 */
import { availableParallelism } from 'node:os';

export type Concurrency = {
  /** Workflow tasks in progress. Polls count, so that at least two are needed. */
  readonly workflowTasks: number;
  /** Questions to remote bots in progress: they wait and take no CPU. */
  readonly activities: number;
};

/** While one task computes, others wait for the server's answer or for a bot in this process. */
const tasksOfACore = 4;
const fewestTasks = 2;
/** The SDK's own number is the highest. */
const mostTasks = 40;

export function concurrencyOf(cores = availableParallelism()): Concurrency {
  const workflowTasks = Math.round(tasksOfACore * cores);
  return {
    workflowTasks: Math.max(fewestTasks, Math.min(workflowTasks, mostTasks)),
    activities: 100,
  };
}
