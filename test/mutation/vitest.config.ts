import { defineConfig } from 'vitest/config';

/** The tests of `main.ts`: none of them needs a server. A mutant that never ends is noticed by its silence. */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    // One process keeps the order of the files; `main.ts` tests two mutants at a time.
    maxWorkers: 1,
    testTimeout: 60_000,
    include: ['test/**/*.test.ts'],
  },
});
