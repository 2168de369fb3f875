import { defineConfig } from 'vitest/config';

/** The tests of `main.ts`: none of them needs a server. A mutant that never ends is noticed by its time. */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    include: ['test/**/*.test.ts'],
  },
});
