import { availabilityDecision, overridesAvailability } from './availability-decision.js';
import type { Policy } from './policy.js';

/**
 * Nobody works now: the desk is closed. The business chose whether the bot keeps the thread, or the
 * humans find it in the morning; either way the customer hears when the desk opens.
 *
 * Passes when the desk is open or nobody knows, for an operator's word and an emergency, and at any
 * other moment.
 */
export const mindTheHours: Policy = (moment, { desk: rules }) => {
  if (moment.at !== 'handoverWanted' || !rules) return undefined;
  const { because, desk } = moment;
  if (desk.isOpen || overridesAvailability(because)) return undefined;
  const say = rules.whenClosed.say?.replaceAll('{opens}', desk.opens ?? '…');
  return availabilityDecision(rules.whenClosed, { because, why: 'the desk is closed', say });
};
