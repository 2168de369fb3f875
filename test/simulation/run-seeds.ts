/** Plays seeds or plans in processes of their own, side by side, from the bundle. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Bundle } from './bundle.js';
import type { Plan } from './plan/plan.js';
import type { SeedResult } from './play-plan.js';
import type { Modelled } from './real/modelled.js';
import type { Asked, Printed } from './seeds.js';

export type RunOptions = Omit<Asked, 'step'> & {
  readonly bundle: Bundle;
  readonly processes: number;
  /** Ends the processes. */
  readonly signal?: AbortSignal;
  /** Called with each result, in the order in which they come. */
  readonly onResult: (result: SeedResult) => void;
};

/** @throws when a process fails: a seed that breaks the simulation itself */
export async function runSeeds({
  bundle,
  processes,
  onResult,
  signal,
  ...asked
}: RunOptions): Promise<void> {
  const take = (printed: Printed) => {
    if ('seed' in printed) onResult(printed);
  };
  if (asked.plans) return playShare(bundle, { ...asked, step: 1 }, take, signal);
  const lanes = Array.from({ length: processes }, (_, index) =>
    playLane({ bundle, asked, take, signal, index, step: processes }),
  );
  await Promise.all(lanes);
}

/** What the model makes of these plans, without times, when they begin at this time. */
export async function playTimeless(
  bundle: Bundle,
  plans: readonly Plan[],
  start: number,
): Promise<readonly Modelled['timeless'][]> {
  const outcomes: Modelled['timeless'][] = [];
  await playShare(bundle, { first: 0, step: 1, plans, timelessFrom: start }, (printed) => {
    if ('timeless' in printed) outcomes.push(printed.timeless);
  });
  return outcomes;
}

type Lane = {
  readonly bundle: Bundle;
  readonly asked: Omit<Asked, 'step'>;
  readonly take: (printed: Printed) => void;
  readonly signal: AbortSignal | undefined;
  readonly index: number;
  readonly step: number;
};

/** Seeds of one process: what worlds leave behind in it, their modules' caches, would slow down the later ones. */
const seedsOfAProcess = 40;

/** One process after another. */
async function playLane({ bundle, asked, take, signal, index, step }: Lane): Promise<void> {
  const { first, seeds = Infinity, forMs = Infinity } = asked;
  const until = Date.now() + forMs;
  const all = Math.ceil((seeds - index) / step);
  for (
    let played = 0;
    played < all && Date.now() < until && signal?.aborted !== true;
    played += seedsOfAProcess
  ) {
    const share: Asked = {
      ...{ first: first + index + played * step, step },
      seeds: Math.min(seedsOfAProcess, all - played),
      ...(forMs !== Infinity && { forMs: until - Date.now() }),
    };
    await playShare(bundle, share, take, signal);
  }
}

/** The smallest plan found that still breaks this check, and what it breaks. */
export async function shrinkSeed(
  bundle: Bundle,
  seed: number,
  check: string,
): Promise<{ readonly shrunk: Plan; readonly result: SeedResult }> {
  const found: Extract<Printed, { readonly shrunk: Plan }>[] = [];
  await playShare(bundle, { first: seed, step: 1, shrink: check }, (printed) => {
    if ('shrunk' in printed) found.push(printed);
  });
  const [one] = found;
  if (!one) throw new Error(`seed ${seed} could not be made smaller`);
  return one;
}

/** The settings of a remote bot name one. */
const secrets = { SIMULATED_BOT_SECRET: 'secret of the simulated bot' };

async function playShare(
  { install, seeds }: Bundle,
  asked: Asked,
  onPrinted: (printed: Printed) => void,
  signal?: AbortSignal,
): Promise<void> {
  // Short-lived objects of a world are many: they need not be moved.
  const flags = ['--max-semi-space-size=64', '--enable-source-maps', '--import', install, seeds];
  const child = spawn(process.execPath, flags, {
    env: { ...process.env, ...secrets, BATON_SIMULATION: JSON.stringify(asked) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const kill = () => void child.kill();
  signal?.addEventListener('abort', kill);
  for await (const line of createInterface(child.stdout)) {
    if (signal?.aborted !== true) onPrinted(JSON.parse(line) as Printed);
  }
  const code = await ended;
  signal?.removeEventListener('abort', kill);
  if (signal?.aborted !== true && code !== 0)
    throw new Error(`a simulation process ended with ${code}`);
}
