/** The bundle's entry: every workflow the worker runs. */
export { emergency } from './emergency.js';
export { reconcile } from './reconcile.js';
export { thread } from './thread.js';
