/**
 * Workers in a process of their own whose heap can be read: its garbage is collected before (it is
 * started with `--expose-gc`), and workflows live in the same heap as everything else (Temporal's
 * `TEMPORAL_DEBUG`), where otherwise they have one of their own that nobody can look into.
 */
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { createLocalPorts } from '../../local/baton.js';
import { createWorkers, workerActivities } from '../../worker/workers.js';
import { benchBusiness } from './business.js';
import { installQuietRuntime } from './quiet-runtime.js';

export type ToHeap =
  | {
      readonly address: string;
      readonly engageUrl: string;
      readonly workflowBundle: { readonly codePath: string };
    }
  | 'measure';
export type FromHeap = 'ready' | { readonly heap: number; readonly whole: number };

/** Where bare workflows are served. */
export const bareQueue = 'bare';
const unlimited = 1_000_000;

const tell = (what: FromHeap) => process.send?.(what);

process.on('message', (told: ToHeap) => {
  if (told !== 'measure') return void start(told);
  // Twice: what the first finds finalisers for, the second frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  tell({ heap: heapUsed, whole: rss });
});
process.once('disconnect', () => process.exit());

async function start({
  address,
  engageUrl,
  workflowBundle,
}: Exclude<ToHeap, string>): Promise<void> {
  installQuietRuntime();
  const nativeConnection = await NativeConnection.connect({ address });
  const ours = await createWorkers({
    connection: nativeConnection,
    namespace: 'default',
    activities: workerActivities(
      createLocalPorts(
        { business: benchBusiness(), temporal: { address, nativeConnection } },
        engageUrl,
      ),
      unlimited,
    ),
    workflowBundle,
    engageRequestsPerMinute: unlimited,
  });
  const workflowsPath = fileURLToPath(new URL('bare-workflow.ts', import.meta.url));
  const logger = new DefaultLogger('ERROR', () => undefined);
  const theirs = await Worker.create({
    connection: nativeConnection,
    taskQueue: bareQueue,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger }),
    maxCachedWorkflows: 1_000,
  });
  for (const worker of [...ours, theirs]) void worker.run();
  tell('ready');
}
