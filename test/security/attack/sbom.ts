/** Is the bill of materials the lockfile's? Each package with its version and the digest of what is installed. */
import type { Bench } from '../../bench/bench.js';
import { differenceOf, inLockfile, makeSbom } from './bill-of-materials.js';

export const sbom: Bench = {
  name: 'sbom',
  measures: 'entries of the bill of materials beside the lockfile’s',
  within: 60_000,
  run: () => {
    const { missing, surplus } = differenceOf(makeSbom());
    const none = { pass: 0 };
    return Promise.resolve({
      figures: [
        { what: 'packages in the lockfile', value: inLockfile().length, unit: 'calls' },
        { what: 'of them missing', value: missing.length, unit: 'calls', goal: none },
        { what: 'that are not in the lockfile', value: surplus.length, unit: 'calls', goal: none },
      ],
      notes: [...missing, ...surplus].slice(0, 5),
    });
  },
};
