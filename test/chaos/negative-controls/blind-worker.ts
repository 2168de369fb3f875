/**
 * A naive worker: when the answer to a post is lost, it posts again without looking for the reply. Every test
 * that there is one reply must fail with it.
 */
import { runWorker } from './run-worker.js';

await runWorker(() => ({ listNewestContents: () => Promise.resolve([]) }));
