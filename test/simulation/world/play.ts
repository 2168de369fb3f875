/** Plays a plan in a world of its own: each act at its time, then the calm, to the plan's end. */
import type { Plan } from '../plan/plan.js';
import { perform } from './perform.js';
import { World, type WorldOptions } from './world.js';

export type Played = { readonly world: World; readonly plan: Plan };

export type PlayOptions = Pick<WorldOptions, 'ports'> & {
  /** Called when the world is new, after each act, and once at the end. */
  readonly observe?: (world: World) => void;
};

export async function play(plan: Plan, { observe, ...options }: PlayOptions = {}): Promise<Played> {
  const world = new World({ seed: plan.seed, business: plan.business, ...options });
  observe?.(world);
  const began = world.time.now;
  await world.open();
  for (const act of plan.acts) {
    await world.time.runUntil(began + act.at);
    await perform(world, act);
    observe?.(world);
  }
  await world.time.runUntil(began + plan.calmAt);
  await world.calm();
  await world.time.runUntil(began + plan.endAt);
  observe?.(world);
  return { world, plan };
}
