/**
 * How Engage's errors look to Temporal. A workflow sees failures by `type`; Temporal sees whether, and
 * when, to try again. Both come from the one table in `engage/errors.ts`.
 */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { EngageError } from '../engage/errors.js';

/** Runs calls that may be repeated: their errors become failures Temporal retries, or not. */
export async function repeatable<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    throw error instanceof EngageError ? toFailure(error) : error;
  }
}

function toFailure(error: EngageError): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.name,
    message: error.message,
    nonRetryable: !error.isTransient,
    ...(error.retryAfter !== undefined && { nextRetryDelay: error.retryAfter }),
    // Being asked to slow down is no fault of ours: not an error in logs and metrics.
    ...(error.code === 'RateLimited' && { category: ApplicationFailureCategory.BENIGN }),
  });
}
