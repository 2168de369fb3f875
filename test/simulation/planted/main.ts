/**
 * `npm run simulate:planted [-- NAME…]`: plants each fault, plays its seeds, and says at which one it was found.
 * Two faults are played side by side. Exit 1 when one is not found.
 */
import { bundleSimulation, type Bundle } from '../bundle.js';
import type { PlantedFault } from './fault.js';
import { plantedFaults } from './faults.js';
import { findFault } from './find.js';

const sideBySide = 2;

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !plantedFaults.some((fault) => fault.name === name));
  if (unknown.length > 0) {
    console.log(`unknown: ${unknown.join(', ')}`);
    return 1;
  }
  const asked = plantedFaults.filter(({ name }) => names.length === 0 || names.includes(name));
  const trueCode = await bundleSimulation('true');
  const left = [...asked];
  const outcomes = Array.from({ length: sideBySide }, () => findAll(left, trueCode));
  const missed = (await Promise.all(outcomes)).flat();
  console.log(`${asked.length - missed.length} of ${asked.length} planted faults found`);
  return missed.length === 0 ? 0 : 1;
}

/** Takes faults from the list until none is left. @returns those that were not found */
async function findAll(left: PlantedFault[], trueCode: Bundle): Promise<readonly PlantedFault[]> {
  const missed: PlantedFault[] = [];
  for (let fault = left.shift(); fault; fault = left.shift()) {
    const { name, within } = fault;
    const found = await findFault(fault, trueCode);
    if (found) {
      const { seed, violation } = found;
      console.log(`${name}: found at seed ${seed} by “${violation.check}”: ${violation.what}`);
    } else {
      console.log(`${name}: NOT FOUND in seeds 1 to ${within}`);
      missed.push(fault);
    }
  }
  return missed;
}

process.exitCode = await main(process.argv.slice(2));
