/**
 * The schedule that runs `reconcile`. Each run receives the result of the previous one, so the schedule is
 * never deleted.
 */
import {
  reconcileSchedule,
  reconcileWorkflow,
  type ReconcileInput,
} from '../workflows/contract/index.js';
import type { At } from './client.js';
import { arrangeSchedule, type Scheduled } from './schedule.js';

export type { Scheduled } from './schedule.js';

export type ReconcilePlan = {
  /** Milliseconds between runs, or `off`. */
  readonly every: number | 'off';
  readonly input: ReconcileInput;
};

/** Idempotent, and safe when several workers do it at once. */
export function scheduleReconcile(at: At, { every, input }: ReconcilePlan): Promise<Scheduled> {
  return arrangeSchedule(at, {
    scheduleId: reconcileSchedule,
    every,
    workflowType: reconcileWorkflow,
    input,
    summary: 'Searches for missed webhooks',
  });
}
