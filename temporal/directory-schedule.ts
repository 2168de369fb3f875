/**
 * How the directory is kept: a schedule asks for it to be read again, and the worker that starts asks for
 * it where nothing has been read for these settings yet.
 */
import {
  directoryRefreshWorkflow,
  directorySchedule,
  type DirectoryPlan,
} from '../workflows/contract/index.js';
import { clientAt, type At } from './client.js';
import { createDirectoryPort } from './directory.js';
import { arrangeSchedule, type Scheduled } from './schedule.js';

export type DirectoryKeeping = {
  /** Milliseconds between refreshes, or `off`: only when an operator asks. */
  readonly every: number | 'off';
  readonly plan: DirectoryPlan;
};

/** Repeatable, and safe when several workers do it at once. */
export async function keepDirectory(at: At, { every, plan }: DirectoryKeeping): Promise<Scheduled> {
  const scheduled = await arrangeSchedule(at, {
    scheduleId: directorySchedule,
    every,
    workflowType: directoryRefreshWorkflow,
    input: plan,
    summary: 'Asks for the directory to be read again',
  });
  if (every !== 'off') {
    await createDirectoryPort(clientAt(at)).ask({ by: 'worker', plan, isIfNeeded: true });
  }
  return scheduled;
}
