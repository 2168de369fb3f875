import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

/**
 * The human who has the thread does not answer the customer: reminded, then others are asked, then
 * the bot has it again, rung by rung.
 *
 * Passes on every other ladder, and at any other moment.
 */
export const climbWhenAgentSilent: Policy = (moment) =>
  moment.at === 'rungReached' && moment.ladder === 'agentSilent'
    ? decisionOf(moment.rung)
    : undefined;
