/**
 * Cancels the handover if the waiting customer asks for that in one of the configured words. The
 * thread returns to the bot, and the bot confirms it.
 *
 * Passes if none of the words is used, and at any other moment.
 */
import { mentions } from '../../bots/messages/mentions.js';
import type { Policy } from './policy.js';

export const cancelHandoverOnRequest: Policy = (moment, { cancelWords = [], texts }) => {
  if (moment.at !== 'customerWaits') return undefined;
  if (!mentions(moment.content.body, cancelWords)) return undefined;
  const say = texts.handoverCancelled;
  return { do: 'backToBot', ...(say !== undefined && { say }) };
};
