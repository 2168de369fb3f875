/**
 * Calls a tool that the bot requested. May be repeated after the death of a worker: the tool receives
 * a key that stays the same. Permanent errors become an outcome at once. During an emergency no tool
 * is called.
 */
import { BotError } from '../bots/bot-error.js';
import { botFailure, knownBot } from './bot-failure.js';
import { checkEmergency } from './emergency-check.js';
import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';
import { stayingAlive } from './staying-alive.js';

/** The bot receives this failure and may answer differently. */
class NoTools extends BotError {
  override readonly name = 'NoTools';
  readonly isFinal = true;
}

/** Limit in characters of JSON, because a thread carries the results of its turn. */
const resultLimit = 20_000;

class ResultTooLarge extends BotError {
  override readonly name = 'ResultTooLarge';
  readonly isFinal = true;
}

export const createCallTool = ({
  bots,
  emergencies,
}: Pick<Ports, 'bots' | 'emergencies'>): WorkActivities['callTool'] =>
  async function callTool({ sourceName, botName, turnId, call }) {
    try {
      await checkEmergency({ emergencies }, { sourceName, botName });
      const bot = knownBot(bots, botName);
      if (!bot.call) throw new NoTools(`the bot ${botName} has no tools of Baton’s to call`);
      const idempotencyKey = `${turnId}/${call.id}`;
      const run = bot.call.bind(bot);
      const result = await stayingAlive((signal) => run(call, { signal, idempotencyKey }));
      if (JSON.stringify(result).length > resultLimit) throw new ResultTooLarge(`of ${call.tool}`);
      return { result };
    } catch (error) {
      throw botFailure(error);
    }
  };
