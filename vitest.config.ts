import { defineConfig } from 'vitest/config';

/** Suites with a Temporal server share one, started by `global-setup.ts`; two cores, two files at a time. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/global-setup.ts'],
  },
});
