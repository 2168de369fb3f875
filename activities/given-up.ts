/** Detects that the server has given an attempt up, so that an outdated attempt writes nothing. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

/** Share of the attempt's time for waiting on the rate limiter; the rest is for the calls. */
const shareOfWaiting = 0.5;

/** Failure type, and code of a reply that was not sent for this reason. */
export const givenUp = 'GivenUp';

/**
 * Checks whether the server has given this attempt up: its time is over, or it was cancelled. A frozen
 * process or a suspended machine may resume in the middle of an attempt, with outdated data, after another
 * attempt has done the same. Create it when the attempt begins, and check it right before a write.
 */
export type Attempt = {
  readonly isGivenUp: () => boolean;
  /** @throws ApplicationFailure `GivenUp`, retryable, if the attempt was given up */
  readonly mustBeWanted: () => void;
  /** Milliseconds it may still wait before its first call. */
  readonly mayWait: () => number;
};

export function attemptBegins(): Attempt {
  const began = Date.now();
  const { cancellationSignal, info } = Context.current();
  const within = info.startToCloseTimeoutMs;
  const passed = () => Date.now() - began;
  const isGivenUp = () => cancellationSignal.aborted || passed() >= within;
  return {
    isGivenUp,
    mustBeWanted() {
      if (isGivenUp()) throw notWanted();
    },
    mayWait: () => Math.max(0, within * shareOfWaiting - passed()),
  };
}

/** Nobody receives it, unless the worker's clock was set forward during the attempt: then it is tried again. */
function notWanted(): ApplicationFailure {
  return ApplicationFailure.create({
    type: givenUp,
    message: 'the server has given this attempt up: nothing was written',
    category: ApplicationFailureCategory.BENIGN,
  });
}
