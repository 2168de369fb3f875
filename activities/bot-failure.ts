/** Maps errors of bots and tools to Temporal failures: whether, and when, to retry. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { BotError } from '../bots/bot-error.js';

/** Permanent errors, and retries that would exceed the budget, become non-retryable. */
export function botFailure(error: unknown): unknown {
  if (error instanceof BotError && error.isFinal) {
    return ApplicationFailure.nonRetryable(error.message, error.name);
  }
  const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true;
  if (!isFinal && isBudgetSpent()) {
    return ApplicationFailure.nonRetryable('the turn’s budget is spent', 'Timeout');
  }
  if (!(error instanceof BotError) || error.retryAfter === undefined) return error;
  const { message, name: type, retryAfter: nextRetryDelay } = error;
  return ApplicationFailure.create({ message, type, nextRetryDelay });
}

function isBudgetSpent(): boolean {
  const { scheduledTimestampMs, scheduleToCloseTimeoutMs } = Context.current().info;
  return Date.now() - scheduledTimestampMs >= scheduleToCloseTimeoutMs;
}
