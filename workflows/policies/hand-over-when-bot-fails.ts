import type { Policy } from './policy.js';

/**
 * The bot cannot answer: an error, or silence beyond its budget.
 *
 * The first failures are apologised for, so that one bad minute does not cost a human's time; from
 * the `maxFailedTurns`-th failed turn in a row on, a human takes over.
 *
 * Passes at any other moment.
 */
export const handOverWhenBotFails: Policy = (moment, { maxFailedTurns }) => {
  if (moment.at !== 'botFailed') return undefined;
  if (moment.failedTurns < maxFailedTurns) return { do: 'apologise' };
  return { do: 'handOver', because: 'botFailed' };
};
