/** `npm run build`: bundles the workflows in advance, so that a worker starts faster. */
import { build, builtPath, encryptingBeside } from './bundle.js';

const built = [await build(), await build(encryptingBeside(builtPath), { isEncrypting: true })];
console.log(`workflows bundled into ${built.join(' and ')}`);
