/** When a bot counts as out of order, and who answers then; with every default in sight. */
import { z } from 'zod';
import { human } from '../bots/watched.js';
import { duration } from './duration.js';
import type { WrongSetting } from './settings-error.js';

const many = z.number().int().min(1).max(1_000);

export const breakerSettings = {
  /** Who answers while it is out of order: another of `bots`, or `human`: it hands over at once. */
  fallback: z.string().default(human),
  breaker: z
    .strictObject({
      /** Out of order after so many failures, each try of a turn counted, within this time. */
      failures: many.default(10),
      within: duration.prefault('1m'),
      /** … or when of its last so many questions more than this share failed, however slowly. */
      last: many.default(20),
      share: z.number().min(0).max(1).default(0.5),
      /** Then so long nobody asks it; after that one turn tries whether it is back. */
      tryAgainAfter: duration.prefault('30s'),
      /** Latency is that of so many last answers. */
      latencyOf: many.default(100),
    })
    .prefault({}),
};

/** Just enough of the file's shape to compare names, whatever else is wrong with it. */
const namesSchema = z.object({
  bots: z.record(z.string(), z.looseObject({ fallback: z.string().catch(human).default(human) })),
});

/** Bots whose fallback is not in the file, or in the end falls back on the bot itself. */
export function wrongFallbacks(config: unknown): readonly WrongSetting[] {
  const parsed = namesSchema.safeParse(config);
  if (!parsed.success) return [];
  const { bots } = parsed.data;
  const known = [human, ...Object.keys(bots)].join(', ');
  return Object.entries(bots).flatMap(([name, { fallback }]) => {
    const setting = `bots.${name}.fallback`;
    if (fallback !== human && !Object.hasOwn(bots, fallback)) {
      return [{ setting, problem: `no such bot; there are: ${known}` }];
    }
    const chain = chainOf(name, bots);
    const isLoop = chain.length > 1 && chain.at(-1) === name;
    return isLoop ? [{ setting, problem: `goes round in a circle: ${chain.join(', ')}` }] : [];
  });
}

/** The bot and who stands in for it, in order; ends with a name that is there twice. */
export function chainOf(
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
