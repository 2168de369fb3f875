import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

/**
 * The customer does not answer: nudged, and at last let go, as the source's ladder for the phase says.
 *
 * Passes on every other ladder, and at any other moment.
 */
export const nudgeWhenCustomerSilent: Policy = (moment) => {
  if (moment.at !== 'rungReached') return undefined;
  const { ladder, rung } = moment;
  const isTheirs = ladder === 'customerSilent' || ladder === 'customerSilentWithAgent';
  return isTheirs ? decisionOf(rung) : undefined;
};
