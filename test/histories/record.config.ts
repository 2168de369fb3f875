/** `npm run record-histories`: the same set-up as the tests, for the recorder alone. */
import { defineConfig } from 'vitest/config';
import { common } from '../../vitest.config.js';

export default defineConfig({ test: { ...common, include: ['test/histories/record.ts'] } });
