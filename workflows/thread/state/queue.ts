/** What is known of the customer's place in the queue for a human. */
import type { PlaceInQueue } from '../../../bots/bot.js';

/** Of the handover at hand, or the last one of this conversation. */
export type Queue = {
  readonly place?: PlaceInQueue;
  readonly lookedAt?: number;
  /** What the customer was told last. */
  readonly told?: PlaceInQueue;
  /** So many looks in a row found nothing new to say: the next ones are further apart. */
  readonly unchanged: number;
};
