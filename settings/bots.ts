/**
 * Schema of a bot in `baton.config.ts`: the key of its adapter with the adapter's own settings, and the
 * settings of all bots. `{ http: { url: … }, timeout: '20s' }`.
 */
import { z } from 'zod';
import type { Adapter, BotContext } from '../bots/adapter.js';
import { adapters, type AdapterInputs } from '../bots/adapters/index.js';
import { passIssues } from '../bots/pass-issues.js';
import type { Bot } from '../bots/bot.js';
import type { BreakerSettings } from '../bots/health.js';
import { breakerSettings } from './breaker.js';
import { duration } from './duration.js';

const common = {
  /** Timeout of one attempt; every adapter has a default. */
  timeout: duration.optional(),
  /** Time for all attempts of one turn: by default twice the timeout, at least a minute. */
  budget: duration.optional(),
  ...breakerSettings,
};

type Common = Partial<z.input<z.ZodObject<typeof common>>>;

/** A bot as written: exactly one adapter. */
export type BotConfig = {
  readonly [K in keyof AdapterInputs]: Common & { readonly [Key in K]: AdapterInputs[K] };
}[keyof AdapterInputs];

/** Validated settings of a bot. Times in milliseconds. */
export type BotSettings = {
  readonly adapter: string;
  readonly runs: Bot['runs'];
  readonly timeout: number;
  readonly budget: number;
  /** Environment variables that it requires. */
  readonly secrets: readonly string[];
  /** The fallback while its breaker is open, and the breaker's thresholds. */
  readonly fallback: string;
  readonly breaker: BreakerSettings;
  readonly create: (context: BotContext) => Bot;
};

const leastBudget = 60_000;

export const botSchema = z
  .looseObject(common)
  .transform(({ timeout, budget, fallback, breaker, ...rest }, context): BotSettings => {
    const problem = (path: string[], message: string) => {
      context.addIssue({ code: 'custom', path, message });
      return z.NEVER;
    };
    const [name, ...others] = Object.keys(rest);
    const names = [...adapters.keys()].join(', ');
    const adapter = name === undefined ? undefined : adapters.get(name);
    if (name === undefined) return problem([], `expected one of ${names}`);
    if (!adapter) return problem([name], `unknown kind of bot; expected one of ${names}`);
    if (others.length > 0) return problem([others[0] ?? ''], `not a setting of a bot`);
    const parsed = adapter.settings.safeParse(rest[name]);
    passIssues(context, parsed.error, [name]);
    if (!parsed.success) return z.NEVER;
    return { ...made(name, adapter, parsed.data, { timeout, budget }), fallback, breaker };
  });

function made(
  name: string,
  adapter: Adapter,
  settings: unknown,
  times: { readonly timeout?: number | undefined; readonly budget?: number | undefined },
): Omit<BotSettings, 'fallback' | 'breaker'> {
  const timeout = times.timeout ?? adapter.timeout(settings);
  return {
    adapter: name,
    runs: adapter.runs(settings),
    timeout,
    budget: times.budget ?? Math.max(2 * timeout, leastBudget),
    secrets: adapter.secrets?.(settings) ?? [],
    create: (context) => adapter.create(settings, context),
  };
}
