/**
 * Creates the ingress's routes with all their connections, for the ingress process and for the one-process
 * stack of tests.
 */
import type { Hono } from 'hono';
import type { Log } from '../runtime/log.js';
import type { BusinessSettings } from '../settings/business.js';
import type { ApiEnvironment } from '../settings/environment.js';
import { messengerWebhook } from '../settings/messenger-secrets.js';
import { sourceSdkSecrets } from '../settings/source-sdk.js';
import { createEncryptedPayloads } from '../temporal/encryption/encrypted-payloads.js';
import type { TemporalSettings } from '../temporal/settings.js';
import { connectThreads } from '../temporal/threads.js';
import type { Tracing } from '../runtime/tracing/tracing.js';
import { createApp } from './app.js';
import type { RouteLimits } from './limits/routes.js';
import { connectAnswers } from './bots/connect.js';
import { connectMessenger } from './channels/messenger/routes.js';
import { connectSourceSdk } from './channels/source-sdk/connect.js';
import { connectOperator, type OperatorEnvironment } from './operator/connect.js';
import type { CodecOptions } from './codec/routes.js';
import type { Authentication } from './operator/authorise.js';
import { createMetrics } from './metrics.js';

export type ConnectedApp = {
  readonly app: Hono;
  /** Closes the connection to Temporal. */
  readonly close: () => Promise<void>;
};

/** Secrets of the ingress and its environment. */
export type IngressSecrets = OperatorEnvironment &
  Partial<Pick<ApiEnvironment, 'BATON_TRUSTED_PROXIES'>> &
  Omit<
    ApiEnvironment,
    | keyof OperatorEnvironment
    | 'BATON_API_HOST'
    | 'BATON_API_PORT'
    | 'BATON_CONFIG'
    | 'BATON_LOG_LEVEL'
    | 'BATON_TEMPORAL_PORT'
    | 'BATON_TRUSTED_PROXIES'
  >;

type Surroundings = {
  readonly environment: IngressSecrets;
  readonly log: Log;
  readonly tracing?: Tracing | undefined;
  /** Overrides the limits of `limits/routes.ts`. */
  readonly limits?: RouteLimits | undefined;
};

export function createConnectedApp(
  temporal: TemporalSettings,
  business: BusinessSettings,
  { environment, log, tracing, limits }: Surroundings,
): ConnectedApp {
  const threads = connectThreads(temporal);
  const operator = connectOperator(temporal, business, environment);
  const secrets = sourceSdkSecrets(environment, business.sources);
  const sourceSdk = connectSourceSdk(temporal, business.sources, secrets);
  const messenger = connectMessenger(temporal, messengerWebhook(environment, business.sources));
  const { BATON_ANSWER_SECRET: answer, BATON_ANSWER_SECRET_PREVIOUS: previous } = environment;
  const answers = connectAnswers(temporal, answer, previous);
  const sourceIds = new Set(Object.values(business.sources).map(({ id }) => id));
  const app = createApp({
    sourceSdk: sourceSdk.options,
    messenger: messenger.options,
    answers: answers.options,
    threads,
    webhookSecrets: [environment.BATON_WEBHOOK_SECRET, environment.BATON_WEBHOOK_SECRET_PREVIOUS],
    verifyToken: environment.BATON_WEBHOOK_VERIFY_TOKEN,
    isOurs: (sourceId) => sourceIds.has(sourceId),
    operator: operator.options,
    webChat: business.webChat,
    codec: codecOf(temporal, environment, operator.options),
    metrics: createMetrics(),
    metricsToken: environment.BATON_METRICS_TOKEN,
    trustedProxies: environment.BATON_TRUSTED_PROXIES,
    limits,
    tracing,
    log,
  });
  const connected = [threads, sourceSdk, messenger, answers, operator];
  return {
    app,
    close: async () => {
      for (const one of connected) await one.close();
    },
  };
}

/** With encryption on, the Temporal UI can show payloads to authorised operators. */
function codecOf(
  { namespace, encryption }: TemporalSettings,
  { BATON_TEMPORAL_UI_URL: ui }: IngressSecrets,
  { credentials, sessions }: Authentication,
): CodecOptions | undefined {
  if (!encryption) return undefined;
  const payloads = createEncryptedPayloads(encryption);
  return { credentials, sessions, payloads, namespace, origin: ui && new URL(ui).origin };
}
