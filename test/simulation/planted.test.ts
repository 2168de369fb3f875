/**
 * Planted faults that show within few seeds are found; `npm run simulate:planted` plants all. A patch that no
 * longer fits its source fails here, too.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleSimulation, type Bundle } from './bundle.js';
import { plantedFaults } from './planted/faults.js';
import { findFault } from './planted/find.js';

const quick = ['cut-at-utf-16', 'unanswered-emptied'];

describe('a planted fault', () => {
  let trueCode: Bundle;
  beforeAll(async () => {
    trueCode = await bundleSimulation('true-of-tests');
  });

  it.each(plantedFaults.filter(({ name }) => quick.includes(name)))(
    'is found: $name',
    async (fault) => {
      const found = await findFault(fault, trueCode);
      expect(found?.violation.check).toBe(fault.check);
    },
    60_000,
  );

  it.each(plantedFaults)('has its place in the code: $name', async ({ name, patches }) => {
    await expect(bundleSimulation(`place-of-${name}`, patches)).resolves.toBeDefined();
  });
});
