/** `npm run scenario`: everything a fresh machine needs, then the scenarios named. */
import { ensureDependencies } from './setup/dependencies.mjs';

await ensureDependencies((line) => console.log(line));
const { register } = await import('tsx/esm/api');
register();
await import('../scenario/main.js');
