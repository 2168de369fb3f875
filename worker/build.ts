/** `npm run build`: bundles the workflows ahead, so that a worker starts without doing it. */
import { build, builtPath, sealingBeside } from './bundle.js';

const built = [await build(), await build(sealingBeside(builtPath), { isSealing: true })];
console.log(`workflows bundled into ${built.join(' and ')}`);
