/** `npm run build`: bundles the workflows ahead, so that a worker starts without doing it. */
import { build } from './bundle.js';

console.log(`workflows bundled into ${await build()}`);
