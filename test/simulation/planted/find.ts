/** Plays a planted fault's seeds until its check reports what it does not report of the true code. */
import { bundleSimulation, type Bundle } from '../bundle.js';
import type { SeedResult } from '../play-plan.js';
import { runSeeds } from '../run-seeds.js';
import type { Violation } from '../checks/index.js';
import type { PlantedFault } from './fault.js';

export type Found = { readonly seed: number; readonly violation: Violation };

/** @returns the first seed that shows the fault; `undefined` if none of its seeds does */
export async function findFault(fault: PlantedFault, trueCode: Bundle): Promise<Found | undefined> {
  const { name, patches, within } = fault;
  const bundle = await bundleSimulation(`planted-${name}`, patches);
  for (let first = 1; first <= within;) {
    const suspected = await firstSuspected(fault, bundle, first);
    if (!suspected) return undefined;
    const { seed } = suspected;
    if (!(await reports(fault, trueCode, seed))) return suspected;
    first = seed + 1;
  }
  return undefined;
}

async function firstSuspected(
  fault: PlantedFault,
  bundle: Bundle,
  first: number,
): Promise<Found | undefined> {
  const found: Found[] = [];
  const enough = new AbortController();
  const onResult = (result: SeedResult) => {
    const violation = reported(fault, result);
    if (!violation) return;
    found.push({ seed: result.seed, violation });
    enough.abort();
  };
  const seeds = fault.within - first + 1;
  await runSeeds({ bundle, first, seeds, processes: 1, signal: enough.signal, onResult });
  return found[0];
}

async function reports(fault: PlantedFault, bundle: Bundle, seed: number): Promise<boolean> {
  const results: SeedResult[] = [];
  const onResult = (result: SeedResult) => void results.push(result);
  await runSeeds({ bundle, first: seed, seeds: 1, processes: 1, onResult });
  return results.some((result) => reported(fault, result) !== undefined);
}

function reported({ check, says }: PlantedFault, { violations }: SeedResult) {
  return violations.find((one) => one.check === check && (says?.test(one.what) ?? true));
}
