/** Makes a plan from a seed: who is there, what the business has set, how bad the weather is. */
import { createRandom } from '../host/random.js';
import { chooseBusiness } from './business.js';
import { breakThings, intensities } from './machines.js';
import { administrate, operate } from './offices.js';
import { converse } from './people.js';
import type { Plan } from './plan.js';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const day = 24 * hour;

export type Size = {
  readonly customers: number;
  /** Milliseconds within which conversations begin. */
  readonly span: number;
};

export function generatePlan(seed: number, size?: Size): Plan {
  const random = createRandom(seed).fork('plan');
  const customers = size?.customers ?? random.integer(3, 25);
  const span = size?.span ?? random.pick([10 * minute, 2 * hour, 12 * hour, 3 * day, 8 * day]);
  const times = { from: 5 * second, until: span + 2 * hour };
  const business = chooseBusiness(random);
  const acts = [
    ...Array.from({ length: customers }, (_, who) => who).flatMap((who) =>
      converse(random, {
        ...{ who, from: times.from + random.integer(0, span), until: times.until },
        sources: business.hasOutsideBot ? ['chat', 'messages', 'outside'] : ['chat', 'messages'],
      }),
    ),
    ...administrate(random, times, random.pick([0, 1, 6])),
    ...operate(random, times, { customers, often: random.pick([0, 2, customers]) }),
    ...breakThings(random, times, random.pick(intensities)),
  ];
  acts.sort((one, other) => one.at - other.at);
  const calmAt = Math.max(times.until, acts.at(-1)?.at ?? 0) + minute;
  // Over a weekend, so that every desk opens, and every escalation comes to its end. After four days the
  // platform closes what is silent: some worlds are judged before.
  const rest = random.fork('rest').pick([84 * hour, 5 * day]);
  return { seed, business, acts, calmAt, endAt: calmAt + rest };
}
