import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { WorkActivities } from '../workflows/work.js';
import { checkEmergency } from './emergency-check.js';
import type { Ports } from './ports.js';

/**
 * Ask the bot one turn. Repeatable: the turn's id is the bot's idempotency key, and its answer says
 * nothing to the customer by itself.
 *
 * The turn's budget is kept here: for local activities that fail at once the SDK does not keep it, and
 * a bot that always throws would be asked for ever.
 */
export const createAskBot = ({
  bots,
  emergencies,
}: Pick<Ports, 'bots' | 'emergencies'>): WorkActivities['askBot'] =>
  async function askBot({ sourceName, botName, turn }) {
    try {
      await checkEmergency({ emergencies }, { sourceName, botName });
      const bot = bots.get(botName);
      if (!bot) throw new Error(`no bot ${botName} on this worker`);
      return await bot.answer(turn, Context.current().cancellationSignal);
    } catch (error) {
      const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true;
      if (isFinal || !isBudgetSpent()) throw error;
      throw ApplicationFailure.nonRetryable('the turn’s budget is spent', 'Timeout');
    }
  };

function isBudgetSpent(): boolean {
  const { scheduledTimestampMs, scheduleToCloseTimeoutMs } = Context.current().info;
  return Date.now() - scheduledTimestampMs >= scheduleToCloseTimeoutMs;
}
