/**
 * Applies the business's rule for handovers outside business hours: either the bot keeps the thread,
 * or it waits for the agents. In both cases the text names the next opening time.
 *
 * Passes within business hours or if they are unknown, for handovers by an operator or an emergency,
 * and at any other moment.
 */
import { availabilityDecision, overridesAvailability } from './availability-decision.js';
import type { Policy } from './policy.js';

export const checkBusinessHours: Policy = (moment, { availability: rules }) => {
  if (moment.at !== 'handoverWanted' || !rules) return undefined;
  const { because, availability } = moment;
  if (availability.isOpen || overridesAvailability(because)) return undefined;
  const say = rules.whenClosed.say?.replaceAll('{opens}', availability.opens ?? '…');
  return availabilityDecision(rules.whenClosed, {
    because,
    why: 'it is outside business hours',
    say,
  });
};
