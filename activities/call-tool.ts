import { botFailure } from './bot-failure.js';
import { checkEmergency } from './emergency-check.js';
import type { WorkActivities } from '../workflows/work.js';
import type { Ports } from './ports.js';
import { stayingAlive } from './staying-alive.js';

/**
 * Do what a bot's answer called for. May be repeated when a worker dies: what is called gets a key that
 * stays the same; what trying again cannot help is an outcome at once. A bot that an emergency has
 * silenced does nothing either.
 */
export const createCallTool = ({
  bots,
  emergencies,
}: Pick<Ports, 'bots' | 'emergencies'>): WorkActivities['callTool'] =>
  async function callTool({ sourceName, botName, turnId, call }) {
    try {
      await checkEmergency({ emergencies }, { sourceName, botName });
      const bot = bots.get(botName);
      if (!bot?.call) throw new Error(`no bot ${botName} with tools on this worker`);
      const idempotencyKey = `${turnId}/${call.id}`;
      const run = bot.call.bind(bot);
      return { result: await stayingAlive((signal) => run(call, { signal, idempotencyKey })) };
    } catch (error) {
      throw botFailure(error);
    }
  };
