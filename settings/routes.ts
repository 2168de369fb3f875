/** Schema of a source's routes to several bots, and the check that every named bot exists. */
import { z } from 'zod';
import { sourceSdkBotName } from '../bots/source-sdk.js';
import type { BotChoice, Route } from '../workflows/contract/source-settings.js';
import type { BotSettings } from './bots.js';
import { listFallbacks } from './breaker.js';
import type { WrongSetting } from './settings-error.js';

const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, 'expected a language such as fr or pt-BR');

const routeSchema = z
  .strictObject({
    /** Language of the customer's newest content. `pt` also matches `pt-BR`, but not the reverse. */
    languages: z.array(language).min(1).optional(),
    /** Category ids; the thread has one of them. */
    categories: z.array(z.string().min(1)).min(1).optional(),
    /** Name of one of `bots`. */
    bot: z.string(),
  })
  .refine(({ languages, categories }) => languages ?? categories, {
    error: 'expected languages or categories: all other turns are the source’s own bot’s',
  });

/** In order: the first match applies. */
export const routesSchema = z.array(routeSchema).default([]);

/** The routes as a thread carries them. */
export function toRoutes(
  routes: z.output<typeof routesSchema>,
  bots: Bots,
): { readonly routes?: readonly Route[] } {
  const carried = routes.flatMap(({ languages, categories, bot: name }): readonly Route[] => {
    const bot = toChoice(name, bots);
    if (!bot) return [];
    const fits = {
      ...(languages && { languages }),
      ...(categories && { categoryIds: categories }),
    };
    return [{ ...fits, bot }];
  });
  return carried.length > 0 ? { routes: carried } : {};
}

type Bots = Readonly<Record<string, BotSettings>>;

/** The timeout is that of the slowest among the bot and its fallbacks. */
export function toChoice(name: string, bots: Bots): BotChoice | undefined {
  const chain = listFallbacks(name, bots).flatMap((one) => bots[one] ?? []);
  if (chain.length === 0) return undefined;
  return {
    name,
    runs: chain.some(({ runs }) => runs === 'remote') ? 'remote' : 'inProcess',
    timeout: Math.max(...chain.map(({ timeout }) => timeout)),
    budget: Math.max(...chain.map(({ budget }) => budget)),
  };
}

/** Minimal schema to compare names, whatever else is wrong with the file. */
const named = z.looseObject({ bot: z.string() });
const namesSchema = z.object({
  bots: z.record(z.string(), z.unknown()),
  sources: z.record(
    z.string(),
    named.extend({ routes: z.array(named.catch({ bot: '' })).catch([]) }),
  ),
});

/** Sources and routes whose bot is not in the file. */
export function danglingBots(config: unknown): readonly WrongSetting[] {
  const parsed = namesSchema.safeParse(config);
  if (!parsed.success) return [];
  const { bots, sources } = parsed.data;
  const problem = `unknown bot; configured bots: ${Object.keys(bots).join(', ') || 'none'}`;
  return Object.entries(sources).flatMap(([name, { bot, routes }]) => [
    ...(bot === sourceSdkBotName || Object.hasOwn(bots, bot)
      ? []
      : [{ setting: `sources.${name}.bot`, problem }]),
    ...routes.flatMap((route, i) =>
      route.bot === '' || Object.hasOwn(bots, route.bot)
        ? []
        : [{ setting: `sources.${name}.routes.${i}.bot`, problem }],
    ),
  ]);
}
