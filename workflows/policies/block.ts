import type { Policy } from './policy.js';

/**
 * Closed is closed: when the human is done the thread is locked on the platform, so that nothing can
 * reopen the intervention. What the customer writes next begins a thread of its own, the bot's.
 *
 * Passes at any other moment but the return to a thread that could not be locked: that is the bot's.
 */
export const block: Policy = (moment) => {
  if (moment.at === 'interventionSettled') return { do: 'lock' };
  if (moment.at === 'customerReturns') return { do: 'reopenTo', owner: 'bot' };
  return undefined;
};
