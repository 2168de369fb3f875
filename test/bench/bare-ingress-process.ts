/**
 * The least that an ingress must do (`node:http`, read the body, `JSON.parse`, answer 200), or Baton's ingress
 * with a durable call that accepts at once. The parent says which.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../api/app.js';
import { createMetrics } from '../../api/metrics.js';
import { createLog } from '../../runtime/log.js';
import { listen } from '../../runtime/listen.js';
import { secrets } from '../../local/baton.js';
import { sources } from '../../simulator/seed.js';

export type ToBareIngress = 'ours' | 'bare' | 'cost';
/** Milliseconds of CPU since it began. */
export type FromBareIngress = { readonly url: string } | { readonly cpu: number };

const send = (what: FromBareIngress) => process.send?.(what);

process.on('message', (command: ToBareIngress) => {
  if (command === 'ours') return void startOurs();
  if (command === 'bare') {
    startBare();
    return;
  }
  const { user, system } = process.cpuUsage();
  send({ cpu: (user + system) / 1_000 });
});
process.once('disconnect', () => process.exit());

async function startOurs(): Promise<void> {
  const app = createApp({
    threads: {
      accept: () => Promise.resolve('accepted'),
      obstacles: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    },
    webhookSecrets: [secrets.BATON_WEBHOOK_SECRET, undefined],
    verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    isOurs: (sourceId) => sourceId === sources.chat,
    metrics: createMetrics(),
    log: createLog('api', 'silent'),
  });
  const server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'no setting' });
  send({ url: `http://127.0.0.1:${server.port}/webhooks/engage` });
}

function startBare(): void {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString('utf8'));
      response.end('ok');
    });
  });
  server.listen(0, '127.0.0.1', () => {
    send({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
  });
}
