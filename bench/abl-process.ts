import { Hono } from 'hono';
import { createServer } from 'node:http';
import { createApp } from '../api/app.js';
import { createMetrics } from '../api/metrics.js';
import { createLog } from '../log/log.js';
import { listen } from '../process/listen.js';
import { secrets } from '../scenario/whole-baton.js';
import { sources } from '../simulator/seed.js';
import { parseDelivery } from '../engage/webhook.js';
import { createSecretCheck } from '../api/webhook/secret.js';
import { groupByThread } from '../api/webhook/group-by-thread.js';
const kind = process.argv[2];
const path = '/webhooks/engage';
const isSecret = createSecretCheck([secrets.BATON_WEBHOOK_SECRET]);
let app = new Hono();
if (kind === 'hello') app.post(path, (c) => c.text('ok'));
if (kind === 'body') app.post(path, async (c) => { await c.req.arrayBuffer(); return c.text('ok'); });
if (kind === 'text') app.post(path, async (c) => { JSON.parse(await c.req.text()); return c.text('ok'); });
if (kind === 'json') app.post(path, async (c) => { JSON.parse(Buffer.from(await c.req.arrayBuffer()).toString('utf8')); return c.text('ok'); });
if (kind === 'secret') app.post(path, async (c) => { c.req.header('content-length'); c.req.header('content-type'); isSecret(c.req.header('x-dimelo-secret')); JSON.parse(Buffer.from(await c.req.arrayBuffer()).toString('utf8')); return c.text('ok'); });
if (kind === 'zod') app.post(path, async (c) => { isSecret(c.req.header('x-dimelo-secret')); parseDelivery(JSON.parse(Buffer.from(await c.req.arrayBuffer()).toString('utf8'))); return c.text('ok'); });
if (kind === 'group') app.post(path, async (c) => { isSecret(c.req.header('x-dimelo-secret')); groupByThread(parseDelivery(JSON.parse(Buffer.from(await c.req.arrayBuffer()).toString('utf8'))) as any, () => true); return c.text('ok'); });
if (kind === 'full' || kind === 'nometrics') app = createApp({
  threads: { accept: () => Promise.resolve('accepted'), obstacles: () => Promise.resolve([]), close: () => Promise.resolve() },
  webhookSecrets: [secrets.BATON_WEBHOOK_SECRET, undefined], verifyToken: 'x', isOurs: (s) => s === sources.chat,
  ...(kind === 'full' && { metrics: createMetrics() }), log: createLog('api', 'silent') }) as any;
process.on('message', () => { const { user, system } = process.cpuUsage(); process.send?.({ cpu: (user + system) / 1000 }); });
process.once('disconnect', () => process.exit());
if (kind === 'bare') createServer((q, s) => { const ch: Buffer[] = []; q.on('data', (x) => ch.push(x)); q.on('end', () => { JSON.parse(Buffer.concat(ch).toString('utf8')); s.end('ok'); }); }).listen(0, '127.0.0.1', function (this: any) { process.send?.({ url: `http://127.0.0.1:${this.address().port}${path}` }); });
else { const s = await listen(app, { hostname: '127.0.0.1', port: 0, setting: '' }); process.send?.({ url: `http://127.0.0.1:${s.port}${path}` }); }
