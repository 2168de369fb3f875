/**
 * Sends a customer who waits for a human their queue position, with the waiting time if it is known.
 *
 * Passes if no text is configured, if nothing has changed since the last message, and at any other
 * moment. The settings limit how often it is asked.
 */
import { formatQueuePosition, minutesOf, type QueuePosition } from '../shared/waiting-time.js';
import type { Policy } from './policy.js';

export const sendQueuePosition: Policy = (moment, { queue }) => {
  if (moment.at !== 'queuePositionKnown' || !queue) return undefined;
  const { queuePosition, lastSent } = moment;
  if (lastSent && isSame(queuePosition, lastSent)) return undefined;
  const say = queuePosition.waitMs === undefined ? queue.sayWithoutWait : queue.say;
  return { do: 'tell', say: formatQueuePosition(say, queuePosition) };
};

function isSame(a: QueuePosition, b: QueuePosition): boolean {
  const [one, other] = [a, b].map(({ waitMs }) => waitMs && minutesOf(waitMs));
  return a.position === b.position && one === other;
}
