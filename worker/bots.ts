/** Makes the bots of `baton.config.ts`, with the secrets the environment holds for them. */
import type { BotContext } from '../bots/adapter.js';
import type { Bot } from '../bots/bot.js';
import type { Log } from '../log/log.js';
import { StartError } from '../process/start-error.js';
import type { BotSettings } from '../settings/bots.js';

/** @throws StartError naming every variable that is missing */
export function createBots(
  settings: Readonly<Record<string, BotSettings>>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  log?: Log,
): ReadonlyMap<string, Bot> {
  const missing = Object.entries(settings).flatMap(([name, { secrets }]) =>
    secrets.filter((one) => !environment[one]).map((one) => `${one} (for the bot ${name})`),
  );
  if (missing.length > 0) throw new StartError(`not set: ${missing.join(', ')}`);
  const bots = Object.entries(settings).map(([name, { create }]) => {
    const secret = (variable: string) => environment[variable] ?? '';
    return [name, create({ name, secret, ...logOf(name, log) })] as const;
  });
  return new Map(bots);
}

function logOf(bot: string, log: Log | undefined): Pick<BotContext, 'log'> {
  return log ? { log: (event, counts) => log.info({ bot, ...counts }, event) } : {};
}
