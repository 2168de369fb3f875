/** Schema of a bot's circuit breaker and fallback, with all defaults. */
import { z } from 'zod';
import { human } from '../bots/watched.js';
import { duration } from './duration.js';
import type { WrongSetting } from './settings-error.js';

const many = z.number().int().min(1).max(1_000);

export const breakerSettings = {
  /** Answers while the breaker is open: another of `bots`, or `human` to hand over at once. */
  fallback: z.string().default(human),
  breaker: z
    .strictObject({
      /** Opens after this number of failures, each attempt of a turn counted, within this time. */
      failures: many.default(10),
      within: duration.prefault('1m'),
      /** … or when more than this share of its last questions failed, over whatever time. */
      last: many.default(20),
      share: z.number().min(0).max(1).default(0.5),
      /** Time without questions while open; after it one trial turn tests the bot. */
      tryAgainAfter: duration.prefault('30s'),
      /** Number of last answers from which latency is computed. */
      latencyOf: many.default(100),
    })
    .prefault({}),
};

/** Minimal schema to compare names, whatever else is wrong with the file. */
const namesSchema = z.object({
  bots: z.record(z.string(), z.looseObject({ fallback: z.string().catch(human).default(human) })),
});

/** Bots whose fallback is not in the file, or leads back to the bot itself. */
export function wrongFallbacks(config: unknown): readonly WrongSetting[] {
  const parsed = namesSchema.safeParse(config);
  if (!parsed.success) return [];
  const { bots } = parsed.data;
  const names = [human, ...Object.keys(bots)].join(', ');
  return Object.entries(bots).flatMap(([name, { fallback }]) => {
    const setting = `bots.${name}.fallback`;
    if (fallback !== human && !Object.hasOwn(bots, fallback)) {
      return [{ setting, problem: `unknown bot; configured bots: ${names}` }];
    }
    const chain = listFallbacks(name, bots);
    const isLoop = chain.length > 1 && chain.at(-1) === name;
    return isLoop ? [{ setting, problem: `goes round in a circle: ${chain.join(', ')}` }] : [];
  });
}

/** The bot and its fallbacks in order; ends at the first repeated name. */
export function listFallbacks(
  name: string,
  bots: Readonly<Record<string, { readonly fallback: string }>>,
): readonly string[] {
  const chain = [name];
  for (let next = bots[name]?.fallback; next !== undefined; next = bots[next]?.fallback) {
    if (next === human || !Object.hasOwn(bots, next)) return chain;
    const wasThere = chain.includes(next);
    chain.push(next);
    if (wasThere) return chain;
  }
  return chain;
}
