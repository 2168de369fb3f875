/**
 * Applies the business's rule for the case that Baton is within business hours and no suitable agent
 * is connected: either the bot keeps the thread, or it waits for the agents to return.
 *
 * Passes if an agent is available or availability is unknown, for handovers by an operator or an
 * emergency, and at any other moment.
 */
import { availabilityDecision, overridesAvailability } from './availability-decision.js';
import type { Policy } from './policy.js';

export const checkAgentAvailability: Policy = (moment, { availability: rules }) => {
  if (moment.at !== 'handoverWanted' || !rules) return undefined;
  const { because, availability } = moment;
  if (availability.agents !== 'nobody' || overridesAvailability(because)) return undefined;
  return availabilityDecision(rules.whenNobodyIsThere, { because, why: 'no agent is available' });
};
