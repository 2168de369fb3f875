/** All routes of the ingress, on one screen; the operator's have one of their own. */
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { errorFields, type Log } from '../runtime/log.js';
import type { IngressMetrics } from '../runtime/metrics/ingress.js';
import type { WebChat } from '../settings/web-chat.js';
import type { Threads } from '../temporal/threads.js';
import type { Tracing } from '../runtime/tracing/tracing.js';
import type { MessengerChannel } from './channels/messenger/receive.js';
import { createAnswerRoutes, type AnswersOptions } from './bots/answers.js';
import { createCodecRoutes, type CodecOptions } from './codec/routes.js';
import { createBotSchema } from './bots/schema.js';
import { createMessengerRoutes } from './channels/messenger/routes.js';
import { createConsole } from './console/serve.js';
import { createSourceSdkRoutes, type SourceSdkOptions } from './channels/source-sdk/routes.js';
import { createReady, live } from './health.js';
import { createOpenApi, createOperatorRoutes, type OperatorOptions } from './operator/routes.js';
import { countOperatorCalls, createShowMetrics, timeDeliveries } from './metrics.js';
import type { SimulatorControl } from './limits/routes.js';
import { createGuarded } from './limits/guarded.js';
import { createReceive } from './webhook/receive.js';
import { createSecretCheck } from './webhook/secret.js';
import { tracedDelivery } from './webhook/traced.js';
import { createVerify } from './webhook/verify.js';
import { createWebChat } from './web-chat/serve.js';

export type AppOptions = {
  readonly threads: Threads;
  readonly webhookSecrets: readonly (string | undefined)[];
  readonly verifyToken: string;
  readonly isOurs: (sourceId: string) => boolean;
  /** Absent: operator routes are off. */
  readonly operator?: OperatorOptions | undefined;
  /** Absent: there is no script to show the web chat. */
  readonly webChat?: WebChat | undefined;
  /** Absent: no source has its bot outside. */
  readonly sourceSdk?: SourceSdkOptions | undefined;
  /** Absent: no source hands over on Messenger. */
  readonly messenger?: MessengerChannel | undefined;
  /** Absent: bots answer at once or never. */
  readonly answers?: AnswersOptions | undefined;
  /** Absent: payloads are not encrypted. */
  readonly codec?: CodecOptions | undefined;
  /** Absent: nobody counts. */
  readonly metrics?: IngressMetrics | undefined;
  /** Absent: whoever reaches `/metrics` may read it. */
  readonly metricsToken?: string | undefined;
  /** How many proxies of ours every call has passed; each writes `X-Forwarded-For`. */
  readonly trustedProxies?: number | undefined;
  /** Other limits than `limits/doors.ts` has. */
  readonly control?: SimulatorControl | undefined;
  /** Milliseconds, by which rates are counted. */
  readonly now?: (() => number) | undefined;
  /** Milliseconds that this process is behind with its work. */
  readonly behind?: (() => number) | undefined;
  /** Absent: nobody traces. */
  readonly tracing?: Tracing | undefined;
  readonly log: Log;
};

export function createApp(options: AppOptions): Hono {
  const { threads, webhookSecrets, verifyToken, isOurs, operator, metrics, tracing, log } = options;
  const app = new Hono();
  const isSecret = createSecretCheck(webhookSecrets);
  const guarded = createGuarded(options);
  const { each } = guarded.gates;

  if (metrics) {
    app.post('/webhooks/engage', timeDeliveries(metrics));
    app.use('/operator/*', countOperatorCalls(metrics));
    app.get('/metrics', each('metrics'), createShowMetrics(metrics, options.metricsToken));
  }
  const verify = createVerify(createSecretCheck([verifyToken]));
  app.get('/webhooks/engage', each('verification'), verify);
  const heard = metrics?.heard;
  const receive = createReceive({ threads, isSecret, isOurs, heard, tracing, ...guarded });
  app.post('/webhooks/engage', tracedDelivery(tracing, receive));
  // Two hours of looks, asked for every five seconds.
  app.use('/operator/overview', compress());
  app.route('/operator', createOperatorRoutes(operator, log, guarded.gates));
  if (operator) app.get('/openapi.json', each('documents'), createOpenApi(operator, log));
  app.use('/console/*', each('console'));
  app.route('/console', createConsole());
  if (options.webChat) app.get('/web-chat.js', each('webChat'), createWebChat(options.webChat));
  if (options.sourceSdk) {
    app.route('/channels/source-sdk', createSourceSdkRoutes(options.sourceSdk, guarded));
  }
  if (options.messenger) {
    app.route('/channels/messenger', createMessengerRoutes(options.messenger, guarded));
  }
  if (options.answers) app.route('/bots/answers', createAnswerRoutes(options.answers, guarded));
  if (options.codec) app.route('/codec', createCodecRoutes(options.codec, guarded));
  app.get('/schemas/bot.json', each('documents'), createBotSchema());
  app.get('/healthz', each('health'), live);
  app.get('/readyz', each('health'), createReady(threads));

  app.notFound((c) => c.json({ error: 'not_found', message: 'there is no such route' }, 404));
  app.onError((error, c) => {
    log.error(errorFields(error), 'request failed');
    return c.json({ error: 'internal', message: 'something went wrong here' }, 500);
  });
  return app;
}
