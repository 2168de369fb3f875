/** Queue position of a customer who waits for a human. */
import type { QueuePosition } from '../../../bots/bot.js';

/** For the present handover, or the last one of this conversation. */
export type Queue = {
  readonly current?: QueuePosition;
  readonly lookedAt?: number;
  /** The position last sent to the customer. */
  readonly lastSent?: QueuePosition;
  /** Consecutive polls without a change; the more there are, the longer the interval. */
  readonly unchanged: number;
};
