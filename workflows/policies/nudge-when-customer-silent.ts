/**
 * Reminds a customer who does not answer, and finally closes the conversation, by the escalation
 * policy of the phase.
 *
 * Passes on every other escalation policy, and at any other moment.
 */
import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

export const nudgeWhenCustomerSilent: Policy = (moment) => {
  if (moment.at !== 'escalationStepReached') return undefined;
  const { escalation, escalationStep } = moment;
  const isTheirs = escalation === 'customerSilent' || escalation === 'customerSilentWithAgent';
  return isTheirs ? decisionOf(escalationStep) : undefined;
};
