/** `npm run record-histories`: the same set-up as the tests, for the recorder alone. */
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.js';

export default defineConfig({ test: { ...base.test, include: ['test/histories/record.ts'] } });
