/**
 * Retries of what the platform does not take: replies and changes of category. They are given up by time
 * (`giveUpAfter`), never by a number of tries, so that an outage or a refused token ends no conversation.
 */
import type { Failure } from '../../contract/work.js';
import type { Keyed } from '../state/outbox-item.js';
import type { ThreadState } from '../state/state.js';

/** Failures that end by themselves, or when the account is well again: `engage/errors.ts`. */
export const passingFailures: readonly string[] = [
  ...['Engage.TokenRefused', 'Engage.Conflict', 'Engage.RateLimited', 'Engage.PlatformFailed'],
  ...['Engage.NotConnected', 'Engage.NoTurn', 'Engage.AnswerLost', 'Engage.BadAnswer'],
  'Timeout',
];

export function isPassing({ failed }: Failure): boolean {
  return passingFailures.includes(failed);
}

/** The platform's rate limit counts per minute; an outage of hours need not be asked about so often. */
const [longestWait, longestWaitInOutage] = [60_000, 5 * 60_000];
const triesBeforeOutage = 10;

/** Milliseconds before the next try, growing with each. */
export function waitBeforeRetry(first: number, tries: number): number {
  const longest = tries < triesBeforeOutage ? longestWait : longestWaitInOutage;
  return Math.min(first * 2 ** tries, longest);
}

/** True if this item has been tried for the whole time that the business allows. */
export function isOverdue(state: ThreadState, { since }: Keyed, now: number): boolean {
  return since !== undefined && now - since >= state.settings.giveUpAfter;
}
