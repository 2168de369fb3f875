/** Converts the reconciler's settings for its schedule and runs. */
import type { ReconcileInput } from '../workflows/contract/reconcile.js';
import type { BusinessSettings } from './business.js';

const minute = 60_000;

/** @param webhookUrl URL to which the platform should deliver; without it, any URL of Baton is accepted */
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
