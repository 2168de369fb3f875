/**
 * The process that plays seeds: what to play comes by environment, one line of JSON a seed goes out. It runs from
 * the bundle, with `host/install.ts` imported before anything else.
 */
import { generatePlan } from './plan/generate.js';
import type { Plan } from './plan/plan.js';
import { playPlan, type SeedResult } from './play-plan.js';
import { playModelled, type Modelled } from './real/modelled.js';
import { shrink } from './shrink/shrink.js';

export type Asked = {
  /** Seeds `first`, `first + step`, …: processes play side by side. */
  readonly first: number;
  readonly step: number;
  /** Played until the first of the two is reached. */
  readonly seeds?: number;
  readonly forMs?: number;
  /** Played instead of seeds. */
  readonly plans?: readonly Plan[];
  /** Makes the plan of the first seed smaller while it breaks this check; the result is one more line. */
  readonly shrink?: string;
  /** These plans are played for their outcome without times, and begin at this time. */
  readonly timelessFrom?: number;
};

export type Printed =
  SeedResult | Modelled | { readonly shrunk: Plan; readonly result: SeedResult };

/** Not the world's: the machine's. */
const realNow = () => Number(process.hrtime.bigint() / 1_000_000n);
const print = (result: Printed) => process.stdout.write(`${JSON.stringify(result)}\n`);

const asked = JSON.parse(process.env['BATON_SIMULATION'] ?? '{}') as Asked;
if (asked.shrink !== undefined) await shrinkFirst(asked.shrink);
else if (asked.timelessFrom !== undefined) await playTimeless(asked.timelessFrom);
else if (asked.plans) for (const plan of asked.plans) print(await playPlan(plan, realNow));
else await playSeeds();
process.exit(0);

async function playSeeds(): Promise<void> {
  const began = realNow();
  const { first, step, seeds = Infinity, forMs = Infinity } = asked;
  for (let played = 0; played < seeds && realNow() - began < forMs; played += 1) {
    print(await playPlan(generatePlan(first + played * step), realNow));
  }
}

async function playTimeless(start: number): Promise<void> {
  for (const plan of asked.plans ?? []) print(await playModelled(plan, start));
}

async function shrinkFirst(check: string): Promise<void> {
  const plan = asked.plans?.[0] ?? generatePlan(asked.first);
  const fails = async (smaller: Plan) => {
    const { violations } = await playPlan(smaller, realNow);
    return violations.some((one) => one.check === check);
  };
  const shrunk = await shrink(plan, { fails });
  print({ shrunk, result: await playPlan(shrunk, realNow) });
}
