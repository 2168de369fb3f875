/** `npm start`: everything a fresh machine needs, then Baton, in one terminal. */
import { ensureDependencies } from './setup/dependencies.mjs';

await ensureDependencies((line) => console.log(line));
const { register } = await import('tsx/esm/api');
register();
await import('./start/main.js');
