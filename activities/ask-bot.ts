import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { WorkActivities } from '../workflows/work.js';
import type { Ports } from './ports.js';

/**
 * Ask the bot one turn. Repeatable: the turn's id is the bot's idempotency key, and its answer says
 * nothing to the customer by itself.
 */
export const createAskBot = ({ bots }: Pick<Ports, 'bots'>): WorkActivities['askBot'] =>
  async function askBot({ botName, turn }) {
    const bot = bots.get(botName);
    if (!bot) throw ApplicationFailure.retryable(`no bot ${botName} on this worker`, 'UnknownBot');
    return bot.answer(turn, Context.current().cancellationSignal);
  };
