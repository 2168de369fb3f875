/** All slices, in the order in which they run; none takes ten minutes. */
import { storm } from './deliveries.js';
import { matrix } from './matrix.js';
import { saboteurs } from './saboteurs.js';
import type { Slice } from './slice.js';

export const slices: readonly Slice[] = [...matrix, storm, saboteurs];
