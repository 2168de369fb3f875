/** Plays one plan and says what came of it, as plain data. */
import { createChecks, type Violation } from './checks/index.js';
import { Restless } from './host/virtual-time.js';
import type { Plan } from './plan/plan.js';
import { cardsOf } from './world/cards.js';
import { digest, outcomeOf } from './world/outcome.js';
import { play } from './world/play.js';

export type SeedResult = {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Of everything that was said and decided: equal for equal runs. */
  readonly digest: string;
  readonly outcome: readonly string[];
  readonly threads: number;
  /** Contents of customers. */
  readonly contents: number;
  readonly acts: number;
  readonly virtualMs: number;
  readonly realMs: number;
};

/** @param realNow the machine's clock, in milliseconds */
export async function playPlan(plan: Plan, realNow: () => number): Promise<SeedResult> {
  try {
    return await played(plan, realNow);
  } catch (error) {
    if (!(error instanceof Restless)) throw error;
    const violation = { check: 'nothing spins', at: 0, what: error.message };
    const nothing = { digest: '', outcome: [], threads: 0, contents: 0, virtualMs: 0, realMs: 0 };
    return { ...nothing, seed: plan.seed, violations: [violation], acts: plan.acts.length };
  }
}

async function played(plan: Plan, realNow: () => number): Promise<SeedResult> {
  const began = realNow();
  const checks = createChecks();
  const { world } = await play(plan, { observe: (seen) => checks.observe(seen) });
  const violations = await checks.end(world, plan);
  const outcome = outcomeOf(world.simulator.platform.state, await cardsOf(world));
  const { threads, contents } = world.simulator.platform.state;
  return {
    ...{ seed: plan.seed, violations, digest: digest(outcome), outcome },
    threads: Object.keys(threads).length,
    contents: Object.values(contents).filter(({ by }) => by.startsWith('customer:')).length,
    ...{ acts: plan.acts.length, virtualMs: plan.endAt, realMs: realNow() - began },
  };
}
