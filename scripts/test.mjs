/** `npm test`: everything a fresh machine needs, then every check; the last line counts them. */
import { ensureDependencies } from './setup/dependencies.mjs';

await ensureDependencies((line) => console.log(line));
const { register } = await import('tsx/esm/api');
register();
await import('./test/main.js');
