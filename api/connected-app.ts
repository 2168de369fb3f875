/** The ingress's routes with all they reach: how the process, and Baton whole in a test, make them. */
import type { Hono } from 'hono';
import type { Log } from '../log/log.js';
import type { BusinessSettings } from '../settings/business.js';
import { directoryPlan } from '../settings/directory-plan.js';
import type { ApiEnvironment } from '../settings/environment.js';
import { messengerWebhook } from '../settings/messenger-secrets.js';
import { outsideSecrets } from '../settings/outside.js';
import { connectDirectories } from '../temporal/directories.js';
import { connectEmergencies } from '../temporal/emergencies.js';
import type { TemporalSettings } from '../temporal/settings.js';
import { connectThreads } from '../temporal/threads.js';
import type { Tracing } from '../tracing/tracing.js';
import { createApp } from './app.js';
import { connectAnswers } from './bots/connect.js';
import { connectMessenger } from './channels/messenger/routes.js';
import { connectSourceSdk } from './channels/source-sdk/connect.js';
import { namesOf } from './operator/scope.js';

export type ConnectedApp = {
  readonly app: Hono;
  /** Lets go of Temporal. */
  readonly close: () => Promise<void>;
};

/** What the ingress keeps to itself and what it is shown. */
export type IngressSecrets = Omit<
  ApiEnvironment,
  'BATON_API_HOST' | 'BATON_API_PORT' | 'BATON_CONFIG' | 'BATON_LOG_LEVEL' | 'BATON_TEMPORAL_PORT'
>;

type Surroundings = {
  readonly environment: IngressSecrets;
  readonly log: Log;
  readonly tracing?: Tracing | undefined;
};

export function createConnectedApp(
  temporal: TemporalSettings,
  business: BusinessSettings,
  { environment, log, tracing }: Surroundings,
): ConnectedApp {
  const threads = connectThreads(temporal);
  const emergencies = connectEmergencies(temporal);
  const directories = connectDirectories(temporal);
  const secrets = outsideSecrets(environment, business.sources);
  const sourceSdk = connectSourceSdk(temporal, business.sources, secrets);
  const messenger = connectMessenger(temporal, messengerWebhook(environment, business.sources));
  const answers = connectAnswers(temporal, environment.BATON_ANSWER_SECRET);
  const sourceIds = new Set(Object.values(business.sources).map(({ id }) => id));
  const { BATON_OPERATOR_TOKEN: token } = environment;
  const directory = { directories, plan: directoryPlan(business).plan };
  const app = createApp({
    sourceSdk: sourceSdk.options,
    messenger: messenger.options,
    answers: answers.options,
    threads,
    webhookSecrets: [environment.BATON_WEBHOOK_SECRET, environment.BATON_WEBHOOK_SECRET_PREVIOUS],
    verifyToken: environment.BATON_WEBHOOK_VERIFY_TOKEN,
    isOurs: (sourceId) => sourceIds.has(sourceId),
    operator:
      token === undefined ? undefined : { token, emergencies, names: namesOf(business), directory },
    webChat: business.webChat,
    tracing,
    log,
  });
  const connected = [threads, emergencies, sourceSdk, messenger, answers, directories];
  return {
    app,
    close: async () => {
      for (const one of connected) await one.close();
    },
  };
}
