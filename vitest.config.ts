import { configDefaults, defineConfig } from 'vitest/config';

/** A minute and more each: `npm run guarantees` plays them, `npm test` does not. */
const long = [
  'test/threads/idle-threads.test.ts',
  'test/threads/directory-large.test.ts',
  'test/threads/reconcile-outage.test.ts',
  'test/source-sdk/long.test.ts',
  'test/encryption/everywhere.test.ts',
  'test/encryption/erase-thousand.test.ts',
];
const isLongRun = process.env['BATON_LONG_TESTS'] === '1';

/** Suites with a Temporal server share one, started by `global-setup.ts`; two cores, three files at a time: much of a test is waiting. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(isLongRun ? [] : long)],
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/global-setup.ts'],
  },
});
