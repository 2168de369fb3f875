/** The bundle's entry: every workflow the worker runs. */
export { thread } from './thread.js';
