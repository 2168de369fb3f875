/**
 * Applies the business's rule for handovers outside business hours: either the bot keeps the thread,
 * or it waits for the agents. In both cases the customer is told the next opening time.
 *
 * Passes within business hours or if they are unknown, for handovers by an operator or an emergency,
 * and at any other moment.
 */
import { availabilityDecision, overridesAvailability } from './availability-decision.js';
import type { Policy } from './policy.js';

export const mindTheHours: Policy = (moment, { desk: rules }) => {
  if (moment.at !== 'handoverWanted' || !rules) return undefined;
  const { because, desk } = moment;
  if (desk.isOpen || overridesAvailability(because)) return undefined;
  const say = rules.whenClosed.say?.replaceAll('{opens}', desk.opens ?? '…');
  return availabilityDecision(rules.whenClosed, { because, why: 'the desk is closed', say });
};
