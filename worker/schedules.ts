/**
 * Updates the schedules according to the settings when a worker starts. A failure does not stop the
 * worker; the next worker that starts tries again.
 */
import { errorFields, type Log } from '../runtime/log.js';
import type { BusinessSettings } from '../settings/business.js';
import { directoryPlan } from '../settings/directory-plan.js';
import { reconcilePlan } from '../settings/reconcile-plan.js';
import { keepDirectory } from '../temporal/directory-schedule.js';
import { scheduleReconcile } from '../temporal/reconcile-schedule.js';

type At = Parameters<typeof scheduleReconcile>[0];

export async function arrangeSchedules(
  at: At,
  business: BusinessSettings,
  { webhookUrl, log }: { readonly webhookUrl: string | undefined; readonly log: Log },
): Promise<void> {
  await scheduleReconcile(at, reconcilePlan(business, webhookUrl)).then(
    (scheduled) => log.info({ scheduled }, 'reconciliation scheduled'),
    (error: unknown) => log.error(errorFields(error), 'reconciliation could not be scheduled'),
  );
  await keepDirectory(at, directoryPlan(business)).then(
    (scheduled) => log.info({ scheduled }, 'agent directory scheduled'),
    (error: unknown) => log.error(errorFields(error), 'the agent directory could not be scheduled'),
  );
}
