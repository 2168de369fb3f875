/** All routes of the ingress, on one screen. */
import { Hono } from 'hono';
import { errorFields, type Log } from '../log/log.js';
import type { Threads } from '../temporal/threads.js';
import { createReady, live } from './health.js';
import { createReceive } from './webhook/receive.js';
import { createSecretCheck } from './webhook/secret.js';
import { createVerify } from './webhook/verify.js';

export type AppOptions = {
  readonly threads: Threads;
  readonly webhookSecrets: readonly (string | undefined)[];
  readonly verifyToken: string;
  readonly isOurs: (sourceId: string) => boolean;
  readonly log: Log;
};

export function createApp({ threads, webhookSecrets, verifyToken, isOurs, log }: AppOptions): Hono {
  const app = new Hono();
  const isSecret = createSecretCheck(webhookSecrets);

  app.get('/webhooks/engage', createVerify(createSecretCheck([verifyToken])));
  app.post('/webhooks/engage', createReceive({ threads, isSecret, isOurs, log }));
  app.get('/healthz', live);
  app.get('/readyz', createReady(threads));

  app.notFound((c) => c.json({ error: 'not_found', message: 'there is no such route' }, 404));
  app.onError((error, c) => {
    log.error(errorFields(error), 'request failed');
    return c.json({ error: 'internal', message: 'something went wrong here' }, 500);
  });
  return app;
}
