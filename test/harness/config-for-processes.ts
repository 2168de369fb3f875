/** The business of tests, as a file that a process of its own can load. */
import { testConfig } from './test-config.js';

export const config = testConfig({ engageTimeout: '1s' });
