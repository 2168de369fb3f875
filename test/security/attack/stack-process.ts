/**
 * The complete stack in a process of its own, apart from the calls that attack it. Its rate limits are out of
 * reach, so that each call is handled and not only counted.
 */
import { NativeConnection } from '@temporalio/worker';
import { benchBusiness } from '../../bench/business.js';
import { installQuietRuntime } from '../../../local/quiet-runtime.js';
import { startWholeBaton } from '../../../local/baton.js';
import { roomy } from './roomy.js';

export type ToStack = { readonly address: string; readonly codePath: string };
export type FromStack = { readonly webhookUrl: string };

process.once('message', (options: ToStack) => void start(options));
process.once('disconnect', () => process.exit());

async function start({ address, codePath }: ToStack): Promise<void> {
  installQuietRuntime();
  const baton = await startWholeBaton({
    temporal: { address, nativeConnection: await NativeConnection.connect({ address }) },
    business: benchBusiness(),
    workflowBundle: { codePath },
    limits: roomy,
  });
  await baton.startWorkers();
  process.send?.({ webhookUrl: baton.webhookUrl } satisfies FromStack);
}
