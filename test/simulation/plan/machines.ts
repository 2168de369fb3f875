/** What happens to machines: calls fail, workers die, the platform is away, a new version is deployed. */
import type { Random } from '../host/random.js';
import { chooseBusiness } from './business.js';
import type { Span } from './offices.js';
import type { Act } from './plan.js';

const minute = 60_000;

type Conditions = Omit<Extract<Act, { readonly do: 'conditions' }>, 'at' | 'do'>;

/** From none to brutal. */
export const intensities = [0, 0.3, 1, 3] as const;
export type Intensity = (typeof intensities)[number];

export function breakThings(
  random: Random,
  { from, until }: Span,
  intensity: Intensity,
): readonly Act[] {
  if (intensity === 0) return [];
  const acts: Act[] = [];
  for (let at = from; at < until; at += random.integer(2, 90) * minute) {
    acts.push({ at, do: 'conditions', ...conditions(random, intensity) });
    const isCrash = random.chance(0.15 * intensity);
    if (isCrash) acts.push(...crash(random, at + random.integer(1_000, minute)));
  }
  return acts;
}

function conditions(random: Random, intensity: Intensity): Conditions {
  // A period without faults between two with them.
  if (random.chance(0.4)) return {};
  const rate = (most: number) => Math.min(random.next() * most * intensity, 0.9);
  const some = <T>(of: T): T | undefined => (random.chance(0.5) ? of : undefined);
  const platform = {
    ...{ seed: random.integer(1, 1e6), duplicate: rate(0.2), reorder: rate(0.2) },
    // Of the world: how late what is late comes.
    delay: { rate: rate(0.1), ms: random.fork('delay').pick([2_000, 90_000, 10 * minute]) },
    ...{ '5xx': rate(0.1), '429': rate(0.1), '409': rate(0.05), 'lost-answer': rate(0.05) },
    ...{ truncated: rate(0.03), html: rate(0.03), quirks: rate(0.3), drop: rate(0.02) },
    ...(random.chance(0.1 * intensity) && { outage: true }),
    ...(random.chance(0.1 * intensity) && { '403': { rate: rate(0.5), on: 'POST /contents' } }),
    ...(random.chance(0.1 * intensity) && {
      '404': { rate: rate(0.5), on: 'PUT /content_threads/*/update_categories' },
    }),
    ...(random.chance(0.1 * intensity) && { 'export-failure': rate(0.2) }),
  };
  const network = { refused: rate(0.05), lostAnswer: rate(0.05), doubled: rate(0.05) };
  const temporal = {
    ...{ lostTask: rate(0.01), lostResult: rate(0.03), lateTimer: random.integer(0, 5_000) },
    ...{ lostAnswer: rate(0.03), refusedCall: rate(0.05), eviction: rate(0.2) },
    // Of the world: histories are short where it is small.
    suggestAfter: random.fork('history').pick([0, 30, 80]),
  };
  return {
    ...(random.chance(0.7) && { platform }),
    ...(some(true) && { network }),
    ...(some(true) && { temporal }),
  };
}

/** Workers are away for seconds or an hour; some come back as another version. */
function crash(random: Random, at: number): readonly Act[] {
  const away = random.pick([5_000, minute, 20 * minute, 70 * minute]);
  const isDeployment = random.chance(0.3);
  return [
    random.chance(0.5) ? { at, do: 'worker dies' } : { at, do: 'workers stop' },
    {
      ...{ at: at + away, do: 'workers start', count: random.pick([1, 2, 3] as const) },
      ...(isDeployment && { business: chooseBusiness(random) }),
    },
  ];
}
