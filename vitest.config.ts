import { configDefaults, defineConfig } from 'vitest/config';

/** A minute and more each, or within seconds that a busy machine misses: `BATON_LONG_TESTS=1` plays them, as `npm run guarantees` does. */
const long = [
  'test/threads/idle-threads.test.ts',
  'test/threads/directory-large.test.ts',
  'test/threads/reconcile-outage.test.ts',
  'test/threads/bot-version.test.ts',
  'test/threads/emergency.test.ts',
  'test/source-sdk/long.test.ts',
  'test/encryption/everywhere.test.ts',
  'test/encryption/erase-thousand.test.ts',
  'test/encryption/erase-meanwhile.test.ts',
];
const isLongRun = process.env['BATON_LONG_TESTS'] === '1';

/** What needs no server: these files share a process, and load what they test once. */
const alone = [
  'test/{activities,bench,desk,docs,engage,house,log,messages,metrics,settings,support}/**/*.test.ts',
  'test/{temporal,text,timeline,tracing,workflows}/**/*.test.ts',
  'test/bots/*.test.ts',
];

/** Suites with a Temporal server share one, started by `global-setup.ts`; two cores, three files at a time: much of a test is waiting. */
const common = {
  pool: 'forks' as const,
  // As `scripts/run.mjs` sets it.
  env: { GRPC_VERBOSITY: 'NONE' },
  testTimeout: 240_000,
  hookTimeout: 240_000,
  globalSetup: ['test/support/global-setup.ts'],
};
const exclude = [...configDefaults.exclude, ...(isLongRun ? [] : long)];

export default defineConfig({
  test: {
    maxWorkers: 3,
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
