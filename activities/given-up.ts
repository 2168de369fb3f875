/** Detects that the server has given an attempt up, so that an outdated attempt posts nothing. */
import { activityInfo } from '@temporalio/activity';

/** Share of the attempt's time for waiting on the rate limiter; the rest is for the calls. */
const shareOfWaiting = 0.5;

/**
 * Checks whether the server has given this attempt up. A frozen process or a suspended machine may
 * resume in the middle of an attempt, with outdated data, after another attempt has searched for the
 * reply and posted it. Create it when the attempt begins, and check it right before an irreversible
 * call.
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
