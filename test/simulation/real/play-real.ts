/** Plays a plan on a real Temporal server, for its outcome without times; see `timeless.ts`. */
import { startSkippingServer } from '../../../local/time-skipping-server.js';
import type { BatonOptions } from '../../../local/baton.js';
import type { Plan } from '../plan/plan.js';
import { createBusiness } from '../world/business.js';
import { perform } from '../world/perform.js';
import { openRealWorld, type RealWorld } from './real-world.js';
import { timelessOutcome } from './timeless.js';

export type RealOptions = {
  /** Temporal's time-skipping test server. */
  readonly program: string;
  readonly workflowBundle: BatonOptions['workflowBundle'];
  /** When plans begin, Unix milliseconds, in the future. */
  readonly start: number;
};

const preparation = 60_000;

export async function playReal(
  plan: Plan,
  { program, workflowBundle, start }: RealOptions,
): Promise<readonly string[]> {
  const server = await startSkippingServer(program);
  try {
    await server.sleepUntil(start - preparation);
    const business = createBusiness(plan.business);
    const world = await openRealWorld({ server, business, workflowBundle });
    try {
      return await playIn(world, plan, start);
    } finally {
      await world.close();
    }
  } finally {
    await server.stop();
  }
}

async function playIn(world: RealWorld, plan: Plan, start: number): Promise<readonly string[]> {
  const now = async () => timelessOutcome(world.simulator.platform.state, await world.cards());
  for (const act of plan.acts) {
    await world.runUntil(start + act.at);
    await perform(world, act);
    await world.acted();
  }
  await world.runUntil(start + plan.calmAt);
  const afterActs = await now();
  const off = { at: plan.calmAt, do: 'administrator switches emergency rule', on: false } as const;
  await perform(world, off);
  await world.acted();
  await world.runUntil(start + plan.endAt);
  return ['AFTER THE ACTS', ...afterActs, 'AT THE END', ...(await now())];
}

/** Monday, 8:00 UTC, before the next change of the clocks in Europe that begins summer: plans have offices and nights. */
export function nextStart(now: number): number {
  const year = new Date(now).getUTCFullYear() + 1;
  const lastOfMarch = Date.UTC(year, 2, 31, 8);
  const sunday = lastOfMarch - new Date(lastOfMarch).getUTCDay() * 86_400_000;
  return sunday - 6 * 86_400_000;
}
