/** Makes a plan from a seed. */
import { createRandom } from '../host/random.js';
import type { Act, Plan } from './plan.js';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

export function generatePlan(seed: number): Plan {
  const random = createRandom(seed).fork('plan');
  const acts: Act[] = [];
  for (let who = 0; who < 20; who += 1) {
    let at = 5 * second + random.integer(0, hour);
    for (let n = random.integer(1, 8); n > 0; n -= 1) {
      const body = random.pick(['hello', 'parcel', 'a human please', 'thanks']);
      acts.push({ at, do: 'customer writes', who, body });
      at += random.skewed(second, 20 * minute);
      if (random.chance(0.3)) acts.push({ at, do: 'agent replies', who, agent: 1 });
      at += random.skewed(second, 20 * minute);
      if (random.chance(0.3)) acts.push({ at, do: 'agent closes', who, agent: 1 });
    }
  }
  acts.sort((one, other) => one.at - other.at);
  const calmAt = (acts.at(-1)?.at ?? 0) + minute;
  return { seed, business: {}, acts, calmAt, endAt: calmAt + 3 * hour };
}
