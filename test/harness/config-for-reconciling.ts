/** As for other processes, with a reconciler that is started by hand. */
import { onDemand } from './on-demand.js';
import { testConfig } from './test-config.js';

/** A call that is never answered is given up after five seconds: in this time a worker can be killed at it. */
export const config = { ...testConfig({ engageTimeout: '5s' }), reconcile: onDemand };
