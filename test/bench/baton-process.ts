/**
 * Ingress and workers in one process, to be killed and started again. The parent sends the addresses of
 * Temporal, the platform and the bot, and the port to listen on.
 */
import { NativeConnection } from '@temporalio/worker';
import { startBaton } from '../../local/baton.js';
import type { Concurrency } from '../../worker/concurrency.js';
import { benchBusiness, type BotConfig } from './business.js';
import { installQuietRuntime } from '../../local/quiet-runtime.js';

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
  const baton = await startBaton(
    {
      temporal: { address, nativeConnection: await NativeConnection.connect({ address }) },
      business: benchBusiness({ bot, engageTimeout: '2s' }),
      ...{ port, workflowBundle, ...(concurrency && { concurrency }) },
    },
    () => ({ url: engageUrl }),
  );
  await baton.startWorkers();
  process.send?.('ready' satisfies FromBaton);
}
