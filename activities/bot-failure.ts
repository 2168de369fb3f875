/** Maps errors of bots and tools to Temporal failures: whether, and when, to retry. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Bot } from '../bots/bot.js';
import { BotError } from '../bots/bot-error.js';
import { unknownBotFailure } from '../workflows/contract/work.js';

/** @returns the bot. @throws ApplicationFailure `UnknownBot`: the thread waits for a worker that knows it */
export function knownBot(bots: ReadonlyMap<string, Bot>, name: string): Bot {
  const bot = bots.get(name);
  if (bot) return bot;
  const message = `bot ${name} is not in this worker's baton.config.ts`;
  throw ApplicationFailure.nonRetryable(message, unknownBotFailure);
}

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
