/**
 * Loop guard: stops a thread from alternating between a failing bot and agents. After the configured
 * number of handovers for the bot's own failures within the configured time, the thread stays with
 * humans.
 *
 * Passes if no guard is set, if there were fewer handovers, and at any other moment.
 */
import type { Policy } from './policy.js';

export const stayWithAgentWhenLooping: Policy = (moment, { loopGuard }) => {
  if (moment.at !== 'interventionSettled' && moment.at !== 'customerReturns') return undefined;
  if (!loopGuard || moment.recentFailures < loopGuard.handovers) return undefined;
  return { do: 'reopenTo', owner: 'agent' };
};
