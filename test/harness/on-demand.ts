/** Settings of a reconciler that tests start by hand. */
import type { BatonConfig } from '../../settings/business.js';
import { domainId } from '../../simulator/seed.js';

/** Only when told to, as fast as it can, and nothing left to the webhooks. */
export const onDemand: NonNullable<BatonConfig['reconcile']> = {
  every: '24h',
  callsPerMinute: 600_000,
  grace: '0s',
  domainId,
};
