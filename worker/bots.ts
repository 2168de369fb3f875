/**
 * Creates the bots of `baton.config.ts` with their secrets from the environment, each with a circuit
 * breaker.
 */
import type { BotContext, GivenToBots } from '../bots/adapter.js';
import type { Bot } from '../bots/bot.js';
import type { BotStatus } from '../bots/health.js';
import { watchBots, type WatchedBot } from '../bots/watched.js';
import type { Log } from '../runtime/log.js';
import { StartError } from '../runtime/start-error.js';
import type { BotSettings } from '../settings/bots.js';

export type WatchedBots = ReturnType<typeof watchBots>;

/** @throws StartError naming every missing variable */
export function createBots(
  settings: Readonly<Record<string, BotSettings>>,
  {
    environment = process.env,
    given = {},
    log,
  }: {
    readonly environment?: Readonly<Record<string, string | undefined>>;
    readonly given?: GivenToBots;
    readonly log?: Log | undefined;
  } = {},
): WatchedBots {
  const missing = Object.entries(settings).flatMap(([name, { secrets }]) =>
    secrets.filter((one) => !environment[one]).map((one) => `${one} (for the bot ${name})`),
  );
  if (missing.length > 0) throw new StartError(`not set: ${missing.join(', ')}`);
  const secret = (variable: string) => environment[variable] ?? '';
  const bots = Object.entries(settings).map(([name, one]): [string, WatchedBot] => {
    const { create, breaker, fallback, timeout } = one;
    const bot = create({ ...given, ...warnOf(name, log), name, secret });
    return [name, { bot, breaker, fallback, timeout }];
  });
  return watchBots(new Map(bots), { changed: (bot, status) => logStatus(log, bot, status) });
}

function logStatus(log: Log | undefined, bot: string, { state, errors, answers }: BotStatus): void {
  const fields = { bot, errors, answers };
  if (state === 'closed') log?.info(fields, 'the bot answers again');
  else log?.warn(fields, 'the bot is out of order');
}

/** Starts the bots that need it before the first turn. @throws StartError naming the problem */
export async function startBots(bots: ReadonlyMap<string, Bot>): Promise<void> {
  for (const bot of bots.values()) {
    await bot.start?.().catch((error: unknown) => {
      throw new StartError(error instanceof Error ? error.message : 'a bot cannot be created');
    });
  }
}

/** Logs a bot's warnings under its name. */
function warnOf(bot: string, log: Log | undefined): Pick<BotContext, 'warn'> {
  return log ? { warn: (fields, message) => log.warn({ bot, ...fields }, message) } : {};
}
