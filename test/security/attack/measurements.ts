/** What `npm run security` measures itself, in the order in which it does. */
import type { Bench } from '../../bench/bench.js';
import { advisories } from './advisories.js';
import { compare } from './compare.js';
import { fuzz } from './fuzz.js';
import { rotation } from './rotation.js';
import { sbom } from './sbom.js';

export const measurements: readonly Bench[] = [advisories, sbom, compare, rotation, fuzz];
