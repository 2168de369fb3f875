/** Makes the bots of `baton.config.ts`, with the secrets the environment holds for them. */
import type { GivenToBots } from '../bots/adapter.js';
import type { Bot } from '../bots/bot.js';
import { StartError } from '../process/start-error.js';
import type { BotSettings } from '../settings/bots.js';

/** @throws StartError naming every variable that is missing */
export function createBots(
  settings: Readonly<Record<string, BotSettings>>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  given: GivenToBots = {},
): ReadonlyMap<string, Bot> {
  const missing = Object.entries(settings).flatMap(([name, { secrets }]) =>
    secrets.filter((one) => !environment[one]).map((one) => `${one} (for the bot ${name})`),
  );
  if (missing.length > 0) throw new StartError(`not set: ${missing.join(', ')}`);
  const bots = Object.entries(settings).map(([name, { create }]) => {
    const secret = (variable: string) => environment[variable] ?? '';
    return [name, create({ ...given, name, secret })] as const;
  });
  return new Map(bots);
}

/** Those that have something to do before the first turn. @throws StartError naming what is wrong */
export async function startBots(bots: ReadonlyMap<string, Bot>): Promise<void> {
  for (const bot of bots.values()) {
    await bot.start?.().catch((error: unknown) => {
      throw new StartError(error instanceof Error ? error.message : 'a bot does not start');
    });
  }
}
