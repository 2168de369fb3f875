/**
 * Agent first: when the human is done, the thread stays in the agents' category, and contents within
 * the inclusion delay go to the agents. After the delay the thread returns to the bot.
 *
 * Passes at any other moment, and for a thread that the bot itself had closed.
 */
import type { Policy } from './policy.js';

export const stayWithAgent: Policy = (moment) => {
  switch (moment.at) {
    case 'interventionSettled':
      return { do: 'reopenTo', owner: 'agent' };
    case 'customerReturns':
      return { do: 'reopenTo', owner: moment.closedBy };
    case 'inclusionPassed':
      return { do: 'reopenTo', owner: 'bot' };
    default:
      return undefined;
  }
};
