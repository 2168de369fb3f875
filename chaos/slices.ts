/** All slices, in the order in which they run; none takes ten minutes. */
import { cluster } from './cluster.js';
import { restore } from './restore.js';
import { rollout } from './rollout.js';
import type { Slice } from './slice.js';

export const slices: readonly Slice[] = [cluster, rollout, restore];
