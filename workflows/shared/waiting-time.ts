/**
 * Estimates and formats the queue position of a customer who waits for a human. Pure and independent
 * of a thread; `thread/transitions/queue-position.ts` decides when to poll it.
 */
import type { QueuePosition } from '../../bots/bot.js';
import type { WaitingLine } from '../contract/work.js';

export type { QueuePosition } from '../../bots/bot.js';

/**
 * Estimates the rest of the wait as the recent waiting times of others, less the time this customer
 * has waited. No estimate is given to a customer who has already waited longer than that.
 */
export function estimate(
  { ahead, waits }: WaitingLine,
  waited: number,
  now: number,
): QueuePosition {
  const usual = median(waits);
  const left = usual === undefined ? 0 : usual - waited;
  return {
    position: ahead + 1,
    ...(left > 0 && { waitMs: left }),
    isEstimate: true,
    at: now,
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** Whole minutes, at least one: seconds would suggest a false precision. */
export function minutesOf(waitMs: number): number {
  return Math.max(Math.ceil(waitMs / 60_000), 1);
}

/** Fills in `{position}` and `{wait}` (minutes); `~` marks an estimated wait. */
export function formatQueuePosition(
  say: string,
  { position, waitMs, isEstimate }: QueuePosition,
): string {
  const wait = waitMs === undefined ? '' : `${isEstimate ? '~' : ''}${minutesOf(waitMs)}`;
  return say.replaceAll('{position}', `${position}`).replaceAll('{wait}', wait);
}
