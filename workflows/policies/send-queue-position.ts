import { inWords, minutesOf, type PlaceInQueue } from '../shared/waiting-time.js';
import type { Policy } from './policy.js';

/**
 * A customer who waits for a human hears where they stand: with the time where it is known, without
 * where it is not.
 *
 * Passes when the business has no words for it, when nothing has changed since it was last said, and
 * at any other moment. How often is asked at most, the settings say.
 */
export const tellQueuePosition: Policy = (moment, { queue }) => {
  if (moment.at !== 'placeKnown' || !queue) return undefined;
  const { place, told } = moment;
  if (told && isSame(place, told)) return undefined;
  const say = place.waitMs === undefined ? queue.sayWithoutWait : queue.say;
  return { do: 'tell', say: inWords(say, place) };
};

function isSame(a: PlaceInQueue, b: PlaceInQueue): boolean {
  const [one, other] = [a, b].map(({ waitMs }) => waitMs && minutesOf(waitMs));
  return a.position === b.position && one === other;
}
