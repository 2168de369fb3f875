/**
 * Locks the thread on the platform when the human is done, so that nothing can reopen the
 * intervention. The customer's next content starts a new thread, which the bot gets.
 *
 * Passes at any other moment. Exception: a customer who returns to a thread that could not be locked
 * gets the bot.
 */
import type { Policy } from './policy.js';

export const block: Policy = (moment) => {
  if (moment.at === 'interventionSettled') return { do: 'lock' };
  if (moment.at === 'customerReturns') return { do: 'reopenTo', owner: 'bot' };
  return undefined;
};
