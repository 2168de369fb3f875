import { configDefaults, defineConfig } from 'vitest/config';
import { longRun } from './test/run/long-run.js';

// What is left to the long run, and why, is in `test/run/long-run.ts`.
const isLongRun = process.env['BATON_LONG_TESTS'] === '1';

/** What needs no server: these files share a process, and load what they test once. */
const alone = [
  'test/{activities,bench,engage,house,mutation,runtime,settings,workflows}/**/*.test.ts',
  'test/api/timeline/**/*.test.ts',
  'test/docs/*-page.test.ts',
  'test/temporal/*.test.ts',
  'test/bots/{*,messages/*}.test.ts',
];

/** Suites with a Temporal server share one, started by `global-setup.ts`; two cores, four files at a time: much of a test is waiting. */
export const common = {
  pool: 'forks' as const,
  // As `cli/run.mjs` sets it.
  env: { GRPC_VERBOSITY: 'NONE' },
  testTimeout: 240_000,
  hookTimeout: 240_000,
  globalSetup: ['test/harness/global-setup.ts'],
};
const exclude = [...configDefaults.exclude, ...(isLongRun ? [] : Object.keys(longRun))];

export default defineConfig({
  test: {
    maxWorkers: 4,
    maxConcurrency: 12,
    projects: [
      { test: { ...common, name: 'alone', include: alone, exclude, isolate: false } },
      {
        test: {
          ...common,
          name: 'together',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, ...alone],
        },
      },
    ],
  },
});
