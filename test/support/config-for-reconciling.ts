/** As for other processes, with a reconciler that is slow enough to be killed at its work. */
import { onDemand } from './on-demand.js';
import { testConfig } from './test-config.js';

export const config = {
  ...testConfig({ engageTimeout: '1s' }),
  reconcile: { ...onDemand, callsPerMinute: 60 },
};
