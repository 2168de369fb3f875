/**
 * Escalates while the human who has the thread does not answer: remind the agent, ask other agents,
 * return the thread to the bot, as configured.
 *
 * Passes on every other escalation policy, and at any other moment.
 */
import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

export const escalateWhenAgentSilent: Policy = (moment) =>
  moment.at === 'escalationStepReached' && moment.escalation === 'agentSilent'
    ? decisionOf(moment.escalationStep)
    : undefined;
