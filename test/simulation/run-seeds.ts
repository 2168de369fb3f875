/** Plays seeds or plans in processes of their own, side by side, from the bundle. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Bundle } from './bundle.js';
import type { SeedResult } from './play-plan.js';
import type { Asked } from './seeds.js';

export type RunOptions = Omit<Asked, 'step'> & {
  readonly bundle: Bundle;
  readonly processes: number;
  /** Called with each result, in the order in which they come. */
  readonly onResult: (result: SeedResult) => void;
};

/** @throws when a process fails: a seed that breaks the simulation itself */
export async function runSeeds({
  bundle,
  processes,
  onResult,
  ...asked
}: RunOptions): Promise<void> {
  const { first, seeds, plans } = asked;
  const shares = Array.from({ length: plans ? 1 : processes }, (_, index): Asked => ({
    ...asked,
    ...{ first: first + index, step: processes },
    ...(seeds !== undefined && { seeds: Math.ceil((seeds - index) / processes) }),
  }));
  await Promise.all(shares.map((share) => playShare(bundle, share, onResult)));
}

/** The settings of a remote bot name one. */
const secrets = { SIMULATED_BOT_SECRET: 'secret of the simulated bot' };

async function playShare(
  { install, seeds }: Bundle,
  asked: Asked,
  onResult: (result: SeedResult) => void,
): Promise<void> {
  // Short-lived objects of a world are many: they need not be moved.
  const flags = ['--max-semi-space-size=64', '--enable-source-maps', '--import', install, seeds];
  const child = spawn(process.execPath, flags, {
    env: { ...process.env, ...secrets, BATON_SIMULATION: JSON.stringify(asked) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of createInterface(child.stdout)) onResult(JSON.parse(line) as SeedResult);
  const code = await ended;
  if (code !== 0) throw new Error(`a simulation process ended with ${code}`);
}
