/** Plays a sample of seeds in the model and on a real Temporal server, one after another, and compares. */
import type { Bundle } from '../bundle.js';
import type { Plan } from '../plan/plan.js';
import { playTimeless } from '../run-seeds.js';
import { playReal, type RealOptions } from './play-real.js';
import { samplePlan, variantsOf } from './sample.js';

export type Compared = {
  readonly plan: Plan;
  /** Outcomes without times, equal unless model or product is wrong; see `timeless.ts`. */
  readonly modelled: readonly string[];
  readonly real: readonly string[];
};

export type Sample = RealOptions & {
  readonly bundle: Bundle;
  /** Seeds from this one; those are left out whose outcome depends on seconds. */
  readonly first: number;
  readonly count: number;
};

export async function* compareSeeds(sample: Sample): AsyncGenerator<Compared> {
  let left = sample.count;
  for await (const { plan, modelled } of steadyPlans(sample)) {
    yield { plan, modelled, real: await playReal(plan, sample) };
    left -= 1;
    if (left === 0) return;
  }
}

/** Seeds that a process of the model plays. */
const batch = 5;

/** Plans whose outcome does not depend on seconds, with the outcome, without end. */
async function* steadyPlans({ bundle, first, start }: Sample) {
  for (let from = first; ; from += batch) {
    const seeds = Array.from({ length: batch }, (_, index) => from + index);
    const variants = seeds.map((seed) => variantsOf(samplePlan(seed)));
    const outcomes = [...(await playTimeless(bundle, variants.flat(), start))];
    for (const [plan, ...late] of variants) {
      const [modelled = [], ...others] = outcomes.splice(0, 1 + late.length);
      const isSteady = others.every((other) => !firstDifference(modelled, other));
      if (plan && isSteady) yield { plan, modelled };
    }
  }
}

/** The first line in which two outcomes differ, for people; `undefined` when they are equal. */
export function firstDifference(
  one: readonly string[],
  other: readonly string[],
): { readonly one: string; readonly other: string } | undefined {
  const length = Math.max(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [ours = 'nothing', theirs = 'nothing'] = [one[at], other[at]];
    if (ours !== theirs) return { one: ours, other: theirs };
  }
  return undefined;
}
