import { availabilityDecision, overridesAvailability } from './availability-decision.js';
import type { Policy } from './policy.js';

/**
 * The desk is open, but no human who could take the thread is there. The business chose whether the
 * bot keeps the thread, or the humans find it when they come.
 *
 * Passes when somebody is there or nobody knows, for an operator's word and an emergency, and at any
 * other moment.
 */
export const mindWhoIsThere: Policy = (moment, { desk: rules }) => {
  if (moment.at !== 'handoverWanted' || !rules) return undefined;
  const { because, desk } = moment;
  if (desk.agents !== 'nobody' || overridesAvailability(because)) return undefined;
  return availabilityDecision(rules.whenNobodyIsThere, { because, why: 'nobody is there' });
};
