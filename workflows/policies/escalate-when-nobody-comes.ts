import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

/**
 * A human was asked for and nobody comes: the customer is told, other humans are asked, and at last
 * the bot has the thread again, rung by rung.
 *
 * Passes on every other ladder, and at any other moment.
 */
export const climbWhenNobodyComes: Policy = (moment) =>
  moment.at === 'rungReached' && moment.ladder === 'nobodyComes'
    ? decisionOf(moment.rung)
    : undefined;
