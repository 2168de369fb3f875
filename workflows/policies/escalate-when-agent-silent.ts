import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

/**
 * The human who has the thread does not answer the customer: reminded, then others are asked, then
 * the bot has it again, step by step.
 *
 * Passes on every other escalation policy, and at any other moment.
 */
export const escalateWhenAgentSilent: Policy = (moment) =>
  moment.at === 'escalationStepReached' && moment.escalation === 'agentSilent'
    ? decisionOf(moment.escalationStep)
    : undefined;
