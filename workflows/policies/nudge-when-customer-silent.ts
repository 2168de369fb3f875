import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

/**
 * The customer does not answer: nudged, and at last let go, as the source's escalation policy for the phase says.
 *
 * Passes on every other escalation policy, and at any other moment.
 */
export const nudgeWhenCustomerSilent: Policy = (moment) => {
  if (moment.at !== 'escalationStepReached') return undefined;
  const { escalation, escalationStep } = moment;
  const isTheirs = escalation === 'customerSilent' || escalation === 'customerSilentWithAgent';
  return isTheirs ? decisionOf(escalationStep) : undefined;
};
