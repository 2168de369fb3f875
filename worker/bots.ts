/** Makes the bots of `baton.config.ts`, with the secrets the environment holds for them, and watches them. */
import type { BotStatus } from '../bots/health.js';
import { watchBots, type WatchedBot } from '../bots/watched.js';
import type { Log } from '../log/log.js';
import { StartError } from '../process/start-error.js';
import type { BotSettings } from '../settings/bots.js';

export type WatchedBots = ReturnType<typeof watchBots>;

/** @throws StartError naming every variable that is missing */
export function createBots(
  settings: Readonly<Record<string, BotSettings>>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  log?: Log,
): WatchedBots {
  const missing = Object.entries(settings).flatMap(([name, { secrets }]) =>
    secrets.filter((one) => !environment[one]).map((one) => `${one} (for the bot ${name})`),
  );
  if (missing.length > 0) throw new StartError(`not set: ${missing.join(', ')}`);
  const secret = (variable: string) => environment[variable] ?? '';
  const bots = Object.entries(settings).map(([name, one]): [string, WatchedBot] => {
    const { create, breaker, fallback, timeout } = one;
    return [name, { bot: create({ name, secret }), breaker, fallback, timeout }];
  });
  return watchBots(new Map(bots), { changed: (bot, status) => tell(log, bot, status) });
}

function tell(log: Log | undefined, bot: string, { state, errors, answers }: BotStatus): void {
  const fields = { bot, errors, answers };
  if (state === 'closed') log?.info(fields, 'the bot answers again');
  else log?.warn(fields, 'the bot is out of order');
}
