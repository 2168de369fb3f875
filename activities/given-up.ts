import { activityInfo } from '@temporalio/activity';

/** Of an attempt's time, for its turn in the account's budget: the rest is for the calls themselves. */
const shareOfWaiting = 0.5;

/**
 * Has the server given this attempt up? A process that was frozen, or a machine that slept, wakes in the
 * middle of it, with an answer in hand that is long out of date: meanwhile another has looked for the reply,
 * not found it, and said it. To be asked for when the attempt begins, and again right before what cannot be
 * taken back.
 */
export type Attempt = {
  readonly isGivenUp: () => boolean;
  /** Milliseconds it may wait before its first call. */
  readonly mayWait: number;
};

export function attemptBegins(): Attempt {
  const began = Date.now();
  const { startToCloseTimeoutMs: within } = activityInfo();
  return { isGivenUp: () => Date.now() - began >= within, mayWait: within * shareOfWaiting };
}
