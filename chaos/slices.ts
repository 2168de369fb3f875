/** All slices, in the order in which they run; none takes ten minutes. */
import type { Slice } from './slice.js';

export const slices: readonly Slice[] = [];
