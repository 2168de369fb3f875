import { mentions } from '../../bots/messages/mentions.js';
import type { Policy } from './policy.js';

/**
 * The customer who waits for a human may call it off, in words the business listed; the bot has the
 * thread again and says so.
 *
 * Passes when none of the words is said, and at any other moment.
 */
export const returnToBotWhenCalledOff: Policy = (moment, { cancelWords = [], texts }) => {
  if (moment.at !== 'customerWaits') return undefined;
  if (!mentions(moment.content.body, cancelWords)) return undefined;
  const say = texts.handoverCancelled;
  return { do: 'backToBot', ...(say !== undefined && { say }) };
};
