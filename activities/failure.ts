/**
 * Maps Engage's errors to Temporal failures. A workflow sees a failure's `type`; Temporal sees
 * whether, and when, to retry. Both come from the table in `engage/errors.ts`.
 */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { EngageError } from '../engage/errors.js';

/** Runs repeatable calls: their errors become retryable or non-retryable failures. */
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
    // Rate limiting is expected: not an error in logs and metrics.
    ...(error.code === 'RateLimited' && { category: ApplicationFailureCategory.BENIGN }),
  });
}
