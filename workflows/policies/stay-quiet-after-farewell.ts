import { saysOnly } from '../../bots/messages/mentions.js';
import type { Policy } from './policy.js';

/**
 * "Thanks" after the end restarts nothing: a content that consists of farewell words alone leaves a
 * closed thread closed.
 *
 * Passes when anything else is said, and at any other moment.
 */
export const stayQuietAfterFarewell: Policy = (moment, { farewellWords = [] }) => {
  if (moment.at !== 'customerReturns') return undefined;
  return saysOnly(moment.content.body, farewellWords) ? { do: 'stayQuiet' } : undefined;
};
