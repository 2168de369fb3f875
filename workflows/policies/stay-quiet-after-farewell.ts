/**
 * Keeps a closed thread closed if the content consists of farewell words alone ("Thanks").
 *
 * Passes if the content says anything else, and at any other moment.
 */
import { saysOnly } from '../../bots/messages/mentions.js';
import type { Policy } from './policy.js';

export const stayQuietAfterFarewell: Policy = (moment, { farewellWords = [] }) => {
  if (moment.at !== 'customerReturns') return undefined;
  return saysOnly(moment.content.body, farewellWords) ? { do: 'stayQuiet' } : undefined;
};
