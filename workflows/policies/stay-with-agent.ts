import type { Policy } from './policy.js';

/**
 * Agent first: when the human is done, the thread stays in the agents' category, and what the customer
 * writes within the inclusion delay is the agents'. After it the thread is the bot's again.
 *
 * Passes at any other moment, and for a thread the bot itself had closed.
 */
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
