import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

/**
 * A human was asked for and nobody comes: the customer is told, other humans are asked, and at last
 * the bot has the thread again, step by step.
 *
 * Passes on every other escalation policy, and at any other moment.
 */
export const escalateWhenNobodyComes: Policy = (moment) =>
  moment.at === 'escalationStepReached' && moment.escalation === 'nobodyComes'
    ? decisionOf(moment.escalationStep)
    : undefined;
