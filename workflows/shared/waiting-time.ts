/**
 * Where a customer who waits for a human stands: reckoned, and put in words. Pure, and without a thread:
 * `place.ts` says when it is asked for.
 */
import type { PlaceInQueue } from '../../bots/bot.js';
import type { WaitingLine } from '../contract/work.js';

export type { PlaceInQueue } from '../../bots/bot.js';

/**
 * A customer waits as long as others of late have, less what they have waited already; who has waited
 * longer than that is told no time, for every one would be wrong.
 */
export function estimate({ ahead, waits }: WaitingLine, waited: number, now: number): PlaceInQueue {
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

/** Whole minutes, at least one: nobody keeps to seconds. */
export function minutesOf(waitMs: number): number {
  return Math.max(Math.ceil(waitMs / 60_000), 1);
}

/** `{position}` and `{wait}` (minutes) filled in; `~` marks a wait that is only an estimate. */
export function inWords(say: string, { position, waitMs, isEstimate }: PlaceInQueue): string {
  const wait = waitMs === undefined ? '' : `${isEstimate ? '~' : ''}${minutesOf(waitMs)}`;
  return say.replaceAll('{position}', `${position}`).replaceAll('{wait}', wait);
}
