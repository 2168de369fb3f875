/**
 * Ingress and workers in one process, to be killed and begun again. Told by its parent where Temporal,
 * the platform and the bot are, and on which port to listen.
 */
import { NativeConnection } from '@temporalio/worker';
import { createLocalPorts, startIngress } from '../../local/baton.js';
import { createWorkers, workerActivities } from '../../worker/workers.js';
import { benchBusiness, type BotConfig } from './business.js';
import { installQuietRuntime } from './quiet-runtime.js';

export type ToBaton = {
  readonly address: string;
  readonly engageUrl: string;
  readonly port: number;
  readonly bot: BotConfig;
  readonly workflowBundle: { readonly codePath: string };
};
export type FromBaton = 'ready';

const unlimited = 1_000_000;

process.once('message', (told: ToBaton) => void start(told));
process.once('disconnect', () => process.exit());

async function start({ address, engageUrl, port, bot, workflowBundle }: ToBaton): Promise<void> {
  installQuietRuntime();
  const business = benchBusiness({ bot, engageTimeout: '2s' });
  await startIngress(address, business, port);
  const nativeConnection = await NativeConnection.connect({ address });
  const workers = await createWorkers({
    connection: nativeConnection,
    namespace: 'default',
    activities: workerActivities(
      createLocalPorts({ business, temporal: { address, nativeConnection } }, engageUrl),
      unlimited,
    ),
    workflowBundle,
    engageRequestsPerMinute: unlimited,
  });
  for (const worker of workers) void worker.run();
  process.send?.('ready' satisfies FromBaton);
}
