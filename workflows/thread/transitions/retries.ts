/**
 * Retries of replies and of changes of category after temporary failures. They end after a time
 * (`giveUpAfter`), never after a number of tries, so that an outage or a refused token ends no conversation.
 */
import type { Failure } from '../../contract/work.js';
import type { Keyed } from '../state/outbox-item.js';
import type { ThreadState } from '../state/state.js';

/** Temporary failures, including a refused token, which somebody has to replace: `engage/errors.ts`. */
export const passingFailures: readonly string[] = [
  ...['Engage.TokenRefused', 'Engage.Conflict', 'Engage.RateLimited', 'Engage.PlatformFailed'],
  ...['Engage.NotConnected', 'Engage.NoTurn', 'Engage.AnswerLost', 'Engage.BadAnswer'],
  ...['Timeout', 'GivenUp'],
];

export function isPassing({ failed }: Failure): boolean {
  return passingFailures.includes(failed);
}

/** Longest pauses. The platform's rate limit counts per minute; a long outage is probed less often. */
const [longestWait, longestWaitInOutage] = [60_000, 5 * 60_000];
const triesBeforeOutage = 10;

/** Milliseconds before the next try: `first`, doubled with each try, up to the longest pause. */
export function waitBeforeRetry(first: number, tries: number): number {
  const longest = tries < triesBeforeOutage ? longestWait : longestWaitInOutage;
  // A longer wait that the platform asks for is kept.
  return Math.max(first, Math.min(first * 2 ** tries, longest));
}

/** True if what is tried has waited for `giveUpAfter`. */
export function isOverdue(
  state: ThreadState,
  { since }: Pick<Keyed, 'since'>,
  now: number,
): boolean {
  return since !== undefined && now - since >= state.settings.giveUpAfter;
}

/** Milliseconds before the first new try: the activity has made its own for a minute or more. */
const firstWait = 30_000;

/** When an activity that has failed is tried again; `undefined` if the failure lasts or `giveUpAfter` has passed. */
export function retryAt(
  state: ThreadState,
  failure: Failure,
  tried: Pick<Keyed, 'since'> & { readonly tries?: number },
  now: number,
): number | undefined {
  const mayRetry = isPassing(failure) && !isOverdue(state, tried, now);
  return mayRetry ? now + waitBeforeRetry(firstWait, tried.tries ?? 0) : undefined;
}
