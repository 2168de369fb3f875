/**
 * Handles a bot that cannot answer: an error, or no answer within its budget.
 *
 * The first failures lead to an apology only, so that a short outage does not cost agents time. The
 * `maxFailedTurns`-th consecutive failed turn leads to a handover.
 *
 * Passes at any other moment.
 */
import type { Policy } from './policy.js';

export const handOverWhenBotFails: Policy = (moment, { maxFailedTurns }) => {
  if (moment.at !== 'botFailed') return undefined;
  if (moment.failedTurns < maxFailedTurns) return { do: 'apologise' };
  return { do: 'handOver', because: 'botFailed' };
};
