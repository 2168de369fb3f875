/** The settings, as the schedule and its runs need them. */
import type { ReconcileInput } from '../workflows/contract/reconcile.js';
import type { BusinessSettings } from './business.js';

const minute = 60_000;

/** @param webhookUrl where the platform should send; without it, any address of ours will do */
export function reconcilePlan(
  { reconcile, sources, botUser, engageTimeout }: BusinessSettings,
  webhookUrl?: string,
): { readonly every: number | 'off'; readonly input: ReconcileInput } {
  const { every, domainId, healthyStatuses, callsPerMinute, ...same } = reconcile;
  const input: ReconcileInput = {
    ...same,
    sourceIds: Object.values(sources).map(({ id }) => id),
    botUserId: botUser.userId,
    pace: Math.floor(minute / callsPerMinute),
    callTimeout: engageTimeout + 1_000,
    webhook: { healthyStatuses, ...(webhookUrl !== undefined && { url: webhookUrl }) },
    ...(domainId !== undefined && { domainId }),
  };
  return { every, input };
}
