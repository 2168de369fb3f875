/**
 * The ingress process. It listens even while Temporal is away, so that the platform gets its "try
 * again" (503) instead of a refused connection, and finishes what it has begun before it ends.
 */
import { createLog } from '../log/log.js';
import { listen } from '../process/listen.js';
import { runRole, tellReady, untilAskedToEnd } from '../process/run-role.js';
import { readApiEnvironment } from '../settings/environment.js';
import { directoryPlan } from '../settings/directory-plan.js';
import { loadSettings } from '../settings/load-settings.js';
import { connectDirectories } from '../temporal/directories.js';
import { outsideSecrets } from '../settings/outside.js';
import { connectEmergencies } from '../temporal/emergencies.js';
import { temporalSettings } from '../temporal/settings.js';
import { connectThreads } from '../temporal/threads.js';
import { messengerWebhook } from '../settings/messenger-secrets.js';
import { createApp } from './app.js';
import { connectAnswers } from './bots/connect.js';
import { connectMessenger } from './channels/messenger/routes.js';
import { connectSourceSdk } from './channels/source-sdk/connect.js';
import { namesOf } from './operator/scope.js';

await runRole('api', async () => {
  const settings = await loadSettings(readApiEnvironment, temporalSettings);
  const { environment, temporal, business } = settings;
  const log = createLog('api', environment.BATON_LOG_LEVEL);
  const threads = connectThreads(temporal);
  const emergencies = connectEmergencies(temporal);
  const directories = connectDirectories(temporal);
  const directory = { directories, plan: directoryPlan(business).plan };
  const { BATON_OPERATOR_TOKEN: token } = environment;
  const sourceIds = new Set(Object.values(business.sources).map(({ id }) => id));

  const secrets = outsideSecrets(environment, business.sources);
  const sourceSdk = connectSourceSdk(temporal, business.sources, secrets);

  const messenger = connectMessenger(temporal, messengerWebhook(environment, business.sources));

  const answers = connectAnswers(temporal, environment.BATON_ANSWER_SECRET);

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
    log,
  });
  const { BATON_API_HOST: hostname, BATON_API_PORT: port } = environment;
  const server = await listen(app, { hostname, port, setting: 'BATON_API_PORT' });
  log.info({ port: server.port, sources: sourceIds.size }, 'the ingress listens');
  tellReady();

  const reason = await untilAskedToEnd();
  log.info({ reason }, 'the ingress ends');
  await server.close();
  const connected = [threads, emergencies, sourceSdk, messenger, answers, directories];
  for (const one of connected) await one.close();
});
