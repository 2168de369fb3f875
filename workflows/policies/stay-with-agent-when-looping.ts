import type { Policy } from './policy.js';

/**
 * Ping-pong: the bot fails, a human helps and completes, the bot has the thread and fails again. After
 * so many handovers for the bot's own failures within the guard's time the thread stays with humans.
 *
 * Passes when no guard is set, when there were fewer, and at any other moment.
 */
export const stayWithAgentWhenLooping: Policy = (moment, { loopGuard }) => {
  if (moment.at !== 'interventionSettled' && moment.at !== 'customerReturns') return undefined;
  if (!loopGuard || moment.recentFailures < loopGuard.handovers) return undefined;
  return { do: 'reopenTo', owner: 'agent' };
};
