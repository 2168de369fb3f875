/** Plays a plan in a simulated world for its outcome without times; see `timeless.ts`. */
import type { Plan } from '../plan/plan.js';
import { cardsOf } from '../world/cards.js';
import { perform } from '../world/perform.js';
import { World } from '../world/world.js';
import { timelessOutcome } from './timeless.js';

export type Modelled = {
  /** When all acts are over, and at the plan's end. */
  readonly timeless: readonly string[];
};

/** @param start Unix milliseconds */
export async function playModelled(plan: Plan, start: number): Promise<Modelled> {
  const world = new World({ seed: plan.seed, business: plan.business, start });
  const now = async () => timelessOutcome(world.simulator.platform.state, await cardsOf(world));
  await world.run(2_000);
  for (const act of plan.acts) {
    await world.time.runUntil(start + act.at);
    await perform(world, act);
  }
  await world.time.runUntil(start + plan.calmAt);
  const afterActs = await now();
  await world.calm();
  await world.time.runUntil(start + plan.endAt);
  return { timeless: ['AFTER THE ACTS', ...afterActs, 'AT THE END', ...(await now())] };
}
