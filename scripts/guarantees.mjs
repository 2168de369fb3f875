/** `npm run guarantees`: everything a fresh machine needs, then the tests that docs/guarantees.md names. */
import { ensureDependencies } from './setup/dependencies.mjs';

await ensureDependencies((line) => console.log(line));
const { register } = await import('tsx/esm/api');
register();
await import('./guarantees/main.js');
