/**
 * Mounts all routes of the ingress. The routes of the operator API have their own table,
 * `operator/table.ts`.
 */
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
import type { RouteLimits } from './limits/routes.js';
import { createGuarded, type Guarded } from './limits/guarded.js';
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
  /** Absent: the script of the web chat is not served. */
  readonly webChat?: WebChat | undefined;
  /** Absent: no source uses the Source SDK. */
  readonly sourceSdk?: SourceSdkOptions | undefined;
  /** Absent: no source hands over by the Messenger protocol. */
  readonly messenger?: MessengerChannel | undefined;
  /** Absent: bots cannot answer late. */
  readonly answers?: AnswersOptions | undefined;
  /** Absent: payloads are not encrypted. */
  readonly codec?: CodecOptions | undefined;
  /** Absent: no metrics. */
  readonly metrics?: IngressMetrics | undefined;
  /** Absent: `/metrics` needs no token. */
  readonly metricsToken?: string | undefined;
  /** Number of own proxies that every call has passed; each appends to `X-Forwarded-For`. */
  readonly trustedProxies?: number | undefined;
  /** Overrides the limits of `limits/routes.ts`. */
  readonly limits?: RouteLimits | undefined;
  /** Clock of the rate limits, in milliseconds. */
  readonly now?: (() => number) | undefined;
  /** Delay of this process's event loop, in milliseconds. */
  readonly behind?: (() => number) | undefined;
  /** Absent: no tracing. */
  readonly tracing?: Tracing | undefined;
  readonly log: Log;
};

export function createApp(options: AppOptions): Hono {
  const { threads, webhookSecrets, verifyToken, isOurs, operator, metrics, tracing, log } = options;
  const app = new Hono();
  const isSecret = createSecretCheck(webhookSecrets);
  const guarded = createGuarded(options);
  const { each } = guarded.rateLimits;

  if (metrics) {
    app.post('/webhooks/engage', timeDeliveries(metrics));
    app.use('/operator/*', countOperatorCalls(metrics));
    app.get('/metrics', each('metrics'), createShowMetrics(metrics, options.metricsToken));
  }
  const verify = createVerify(createSecretCheck([verifyToken]));
  app.get('/webhooks/engage', each('verification'), verify);
  const countEvents = metrics?.countEvents;
  const receive = createReceive({ threads, isSecret, isOurs, countEvents, tracing, ...guarded });
  app.post('/webhooks/engage', tracedDelivery(tracing, receive));
  // The answer holds up to two hours of samples and is requested every five seconds.
  app.use('/operator/overview', compress());
  app.route('/operator', createOperatorRoutes(operator, log, guarded.rateLimits));
  if (operator) app.get('/openapi.json', each('documents'), createOpenApi(operator, log));
  app.use('/console/*', each('console'));
  app.route('/console', createConsole());
  addChannels(app, options, guarded);
  app.get('/schemas/bot.json', each('documents'), createBotSchema());
  app.get('/healthz', each('health'), live);
  app.get('/readyz', each('health'), createReady(threads));

  app.notFound((c) => c.json({ error: 'not_found', message: 'no such route' }, 404));
  app.onError((error, c) => {
    log.error(errorFields(error), 'request failed');
    return c.json({ error: 'internal', message: 'internal error' }, 500);
  });
  return app;
}

/** Routes of what the configuration switches on. */
function addChannels(app: Hono, options: AppOptions, guarded: Guarded): void {
  if (options.webChat)
    app.get('/web-chat.js', guarded.rateLimits.each('webChat'), createWebChat(options.webChat));
  if (options.sourceSdk) {
    app.route('/channels/source-sdk', createSourceSdkRoutes(options.sourceSdk, guarded));
  }
  if (options.messenger) {
    app.route('/channels/messenger', createMessengerRoutes(options.messenger, guarded));
  }
  if (options.answers) app.route('/bots/answers', createAnswerRoutes(options.answers, guarded));
  if (options.codec) app.route('/codec', createCodecRoutes(options.codec, guarded));
}
