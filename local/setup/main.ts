/**
 * `npm run setup`: finds or builds the tools that `npm start` and `npm test` need, and prints their paths.
 */
import { findTemporalServer } from './temporal-server.js';
import { findTestServer } from './test-server.js';

const say = (line: string) => console.log(line);
await findTemporalServer(say);
await findTestServer(say);
