/**
 * Bot first: when the human is done, the thread returns to the bot's category, and the bot gets the
 * customer's next content. The same applies if the customer returns to a thread that the bot had
 * closed.
 *
 * Closing alone does not mean "done", because agents also complete after each message: this policy is
 * asked only after the settle window has passed.
 */
import type { Policy } from './policy.js';

export const reopenToBot: Policy = (moment) => {
  switch (moment.at) {
    case 'interventionSettled':
    case 'customerReturns':
    case 'inclusionPassed':
      return { do: 'reopenTo', owner: 'bot' };
    default:
      return undefined;
  }
};
