/** `npm run build`: bundles the workflows ahead, so that a worker starts without doing it. */
import { build, builtPath, encryptingBeside } from './bundle.js';

const built = [await build(), await build(encryptingBeside(builtPath), { isEncrypting: true })];
console.log(`workflows bundled into ${built.join(' and ')}`);
