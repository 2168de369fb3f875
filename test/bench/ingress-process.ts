/**
 * The ingress in a process of its own, as it runs: what it costs is not the sender's, and the two do not
 * wait for each other's turn. Told by its parent where Temporal is; asked, it tells what it has cost.
 */
import { startIngress } from '../../local/baton.js';
import { benchBusiness } from './business.js';

export type ToIngress = { readonly address: string } | 'cost';
/** Milliseconds of CPU since it began. */
export type FromIngress = { readonly webhookUrl: string } | { readonly cpu: number };

const tell = (what: FromIngress) => process.send?.(what);

process.on('message', (told: ToIngress) => {
  if (told !== 'cost') return void start(told.address);
  const { user, system } = process.cpuUsage();
  tell({ cpu: (user + system) / 1_000 });
});
process.once('disconnect', () => process.exit());

async function start(address: string): Promise<void> {
  const { webhookUrl } = await startIngress(address, benchBusiness());
  tell({ webhookUrl });
}
