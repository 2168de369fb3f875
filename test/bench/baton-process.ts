/**
 * Ingress and workers in one process, to be killed and started again. The parent sends the addresses of
 * Temporal, the platform and the bot, and the port to listen on.
 */
import { NativeConnection } from '@temporalio/worker';
import { createLocalPorts, runWorkers, startIngress, unlimited } from '../../local/baton.js';
import type { Concurrency } from '../../worker/concurrency.js';
import { workerActivities } from '../../worker/workers.js';
import { benchBusiness, type BotConfig } from './business.js';
import { installQuietRuntime } from './quiet-runtime.js';

export type ToBaton = {
  readonly address: string;
  readonly engageUrl: string;
  readonly port: number;
  readonly bot: BotConfig;
  readonly workflowBundle: { readonly codePath: string };
  /** Default: by the machine's cores. */
  readonly concurrency?: Concurrency;
};
export type FromBaton = 'ready';

process.once('message', (options: ToBaton) => void start(options));
process.once('disconnect', () => process.exit());

async function start(options: ToBaton): Promise<void> {
  const { address, engageUrl, port, bot, workflowBundle, concurrency } = options;
  installQuietRuntime();
  const business = benchBusiness({ bot, engageTimeout: '2s' });
  await startIngress(address, business, port);
  const temporal = { address, nativeConnection: await NativeConnection.connect({ address }) };
  const activities = workerActivities(
    createLocalPorts({ business, temporal }, engageUrl),
    unlimited,
  );
  const how = concurrency && { concurrency };
  await runWorkers({ temporal, activities, workflowBundle, ...how });
  process.send?.('ready' satisfies FromBaton);
}
