/**
 * The ingress as a process, so that its CPU is measured apart from the sender's and neither waits for the
 * other's event loop. The parent sends the address of Temporal, and asks for the CPU used.
 */
import { startIngress } from '../../local/baton.js';
import { benchBusiness } from './business.js';

export type ToIngress = { readonly address: string } | 'cost';
/** Milliseconds of CPU since it began. */
export type FromIngress = { readonly webhookUrl: string } | { readonly cpu: number };

const send = (what: FromIngress) => process.send?.(what);

process.on('message', (command: ToIngress) => {
  if (command !== 'cost') return void start(command.address);
  const { user, system } = process.cpuUsage();
  send({ cpu: (user + system) / 1_000 });
});
process.once('disconnect', () => process.exit());

async function start(address: string): Promise<void> {
  const { webhookUrl } = await startIngress(address, benchBusiness());
  send({ webhookUrl });
}
