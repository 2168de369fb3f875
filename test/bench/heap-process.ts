/**
 * Workers in a process whose heap can be measured: garbage is collected before (`--expose-gc`), and workflows
 * live in the same heap as everything else (`TEMPORAL_DEBUG`); otherwise their heap could not be read.
 */
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { startBaton } from '../../local/baton.js';
import { benchBusiness } from './business.js';
import { installQuietRuntime } from '../../local/quiet-runtime.js';

export type ToHeap =
  | {
      readonly address: string;
      readonly engageUrl: string;
      readonly workflowBundle: { readonly codePath: string };
    }
  | 'measure';
export type FromHeap = 'ready' | { readonly heap: number; readonly whole: number };

/** Task queue of bare workflows. */
export const bareQueue = 'bare';

const send = (what: FromHeap) => process.send?.(what);

process.on('message', (command: ToHeap) => {
  if (command !== 'measure') return void start(command);
  // Twice: the first run may only schedule finalisers.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  send({ heap: heapUsed, whole: rss });
});
process.once('disconnect', () => process.exit());

async function start({
  address,
  engageUrl,
  workflowBundle,
}: Exclude<ToHeap, string>): Promise<void> {
  installQuietRuntime();
  const nativeConnection = await NativeConnection.connect({ address });
  const temporal = { address, nativeConnection };
  const platform = { url: engageUrl };
  const options = { temporal, business: benchBusiness(), workflowBundle };
  const baton = await startBaton(options, () => platform);
  await baton.startWorkers();
  const workflowsPath = fileURLToPath(new URL('bare-workflow.ts', import.meta.url));
  const logger = new DefaultLogger('ERROR', () => undefined);
  const theirs = await Worker.create({
    connection: nativeConnection,
    taskQueue: bareQueue,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger }),
    maxCachedWorkflows: 1_000,
  });
  void theirs.run();
  send('ready');
}
