/**
 * Keeps the directory up to date: a schedule refreshes it, and a starting worker requests it if it has not
 * been read for these settings yet.
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
  /** Milliseconds between refreshes, or `off`: only on an operator's request. */
  readonly every: number | 'off';
  readonly plan: DirectoryPlan;
};

/** Idempotent, and safe when several workers do it at once. */
export async function keepDirectory(at: At, { every, plan }: DirectoryKeeping): Promise<Scheduled> {
  const scheduled = await arrangeSchedule(at, {
    scheduleId: directorySchedule,
    every,
    workflowType: directoryRefreshWorkflow,
    input: plan,
    summary: 'Starts a new read of the agent directory',
  });
  if (every !== 'off') {
    await createDirectoryPort(clientAt(at)).ask({ by: 'worker', plan, isIfNeeded: true });
  }
  return scheduled;
}
