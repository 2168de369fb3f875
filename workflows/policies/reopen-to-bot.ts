import type { Policy } from './policy.js';

/**
 * Bot first: when the human is done, the thread goes back to the bot's category, and the customer's
 * next content is the bot's. The same when the customer returns to a thread the bot had closed.
 *
 * "Done" is not the closing itself: agents also complete after each message, so the settle window
 * has passed by the time this policy is asked.
 */
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
