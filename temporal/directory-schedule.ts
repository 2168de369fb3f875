/**
 * How the directory is kept: a schedule asks for it to be read again, and the worker that starts asks for
 * it where nothing has been read for these settings yet.
 */
import { Client, type ConnectionLike } from '@temporalio/client';
import {
  directoryRefreshWorkflow,
  directorySchedule,
  type DirectoryPlan,
} from '../workflows/contract.js';
import { createDirectoryPort } from './directory.js';
import { arrangeSchedule, type Scheduled } from './schedule.js';

export type DirectoryKeeping = {
  /** Milliseconds between refreshes, or `off`: only when an operator asks. */
  readonly every: number | 'off';
  readonly plan: DirectoryPlan;
};

/** Repeatable, and safe when several workers do it at once. */
export async function keepDirectory(
  at: { readonly connection: ConnectionLike; readonly namespace: string },
  { every, plan }: DirectoryKeeping,
): Promise<Scheduled> {
  const scheduled = await arrangeSchedule(at, {
    scheduleId: directorySchedule,
    every,
    workflowType: directoryRefreshWorkflow,
    input: plan,
    summary: 'Asks for the directory to be read again',
  });
  if (every !== 'off') {
    await createDirectoryPort(new Client(at)).ask({ by: 'worker', plan, isIfNeeded: true });
  }
  return scheduled;
}
