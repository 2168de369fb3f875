/** All slices, in the order in which they run; none takes ten minutes. */
import { backlog } from './backlog.js';
import { cluster, hastyOnCluster } from './cluster.js';
import { storm } from './deliveries.js';
import { matrix } from './matrix.js';
import { outage } from './outages.js';
import { poisoned } from './poisoned.js';
import { restore } from './restore.js';
import { rollout } from './rollout.js';
import { negativeControls } from './negative-controls.js';
import type { Slice } from './slice.js';

export const slices: readonly Slice[] = [
  ...matrix,
  storm,
  outage,
  backlog,
  cluster,
  rollout,
  poisoned,
  restore,
  negativeControls,
  hastyOnCluster,
];
