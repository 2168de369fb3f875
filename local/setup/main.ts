/** `npm run setup`: finds or builds what `npm start` and `npm test` need, and says which it took. */
import { findTemporalServer } from './temporal-server.js';
import { findTestServer } from './test-server.js';

const say = (line: string) => console.log(line);
await findTemporalServer(say);
await findTestServer(say);
