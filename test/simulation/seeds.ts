/**
 * The process that plays seeds: arguments by environment, one line of JSON a seed. It runs from the bundle, with
 * `host/install.ts` imported before anything else.
 */
import { generatePlan } from './plan/generate.js';
import type { Plan } from './plan/plan.js';
import { playPlan, type SeedResult } from './play-plan.js';

export type Asked = {
  /** Seeds `first`, `first + step`, …: processes play side by side. */
  readonly first: number;
  readonly step: number;
  /** Played until the first of the two is reached. */
  readonly seeds?: number;
  readonly forMs?: number;
  /** Played instead of seeds. */
  readonly plans?: readonly Plan[];
};

/** Not the world's: the machine's. */
const realNow = () => Number(process.hrtime.bigint() / 1_000_000n);
const print = (result: SeedResult) => process.stdout.write(`${JSON.stringify(result)}\n`);

const asked = JSON.parse(process.env['BATON_SIMULATION'] ?? '{}') as Asked;
const began = realNow();
for (const plan of asked.plans ?? []) print(await playPlan(plan, realNow));
if (!asked.plans) {
  const { seeds = Infinity, forMs = Infinity } = asked;
  for (let played = 0; played < seeds && realNow() - began < forMs; played += 1) {
    print(await playPlan(generatePlan(asked.first + played * asked.step), realNow));
  }
}
process.exit(0);
