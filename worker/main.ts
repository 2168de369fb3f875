/**
 * The worker process: runs threads and calls Engage. It refuses to start on a namespace without Baton's
 * search attributes, and finishes posts in flight before it ends.
 */
import type { NativeConnection, Worker } from '@temporalio/worker';
import { createPace } from '../engage/pace.js';
import { createLog, type Log } from '../runtime/log.js';
import { listen } from '../runtime/listen.js';
import { runRole, notifyReady, untilAskedToEnd } from '../runtime/run-role.js';
import { StartError } from '../runtime/start-error.js';
import { readWorkerEnvironment, type WorkerEnvironment } from '../settings/environment.js';
import { readAccess } from '../settings/access.js';
import { loadSettings } from '../settings/load-settings.js';
import { openKeys } from '../temporal/encryption/reach-keys.js';
import { missingSearchAttributes } from '../temporal/search-attributes.js';
import { temporalSettings, type TemporalSettings } from '../temporal/settings.js';
import { connectWorker } from '../temporal/connect-worker.js';
import { createTemporalPorts, type TemporalPorts } from '../temporal/worker-ports.js';
import { workflowBundle } from './bundle.js';
import { concurrencyOf } from './concurrency.js';
import { beginCounting, type Counting } from './counting.js';
import { createHealthApp, type HealthOptions } from './health.js';
import { startTracing } from '../runtime/tracing/start.js';
import { wantsTraces } from '../settings/traces.js';
import { startBots } from './bots.js';
import type { Ports } from '../activities/ports.js';
import { createPorts } from './ports.js';
import { arrangeSchedules } from './schedules.js';
import { shareBudget } from './share-budget.js';
import { createRunSearch } from '../temporal/run-search.js';
import { createWorkers, workerActivities, type WorkerVersion } from './workers.js';

await runRole('worker', async () => {
  const settings = await loadSettings(readWorkerEnvironment, temporalSettings);
  const { environment, temporal, business } = settings;
  const log = createLog('worker', environment.BATON_LOG_LEVEL);
  const sources = Object.keys(business.sources);
  const counting = await beginCounting(environment, { ...temporal, sources, log });
  const connection = await connectWorker(temporal);
  counting.taskFailures.searchBy(createRunSearch({ ...temporal, connection }));
  await mustKnowSearchAttributes(connection, temporal.namespace);
  const tracing = await startTracing('baton-worker', { isWanted: wantsTraces(), log });
  const access = readAccess({ environment, business });
  const pace = createPace({ perMinute: environment.ENGAGE_REQUESTS_PER_MINUTE });
  const shared = { log, tracing, onRequest: counting.metrics.asked, pace };
  const { botsStatus, ...ports } = createPorts(business, access, shared);
  await startBots(ports.bots);
  const reached = { ...temporal, connection };
  const workers = await openWorkers(environment, reached, ports);
  const { BATON_WEBHOOK_URL: webhookUrl } = environment;
  await arrangeSchedules(reached, business, { webhookUrl, log });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const endSharing = shareBudget({ connection, namespace: temporal.namespace, pace, workers });
  const states = () => workers.map((worker) => worker.getState());
  const health = await serveHealth(environment, { ...counting, states, bots: botsStatus });
  log.info({ sources }, 'worker started');
  notifyReady();
  await ended(workers, running, log);
  endSharing();
  await tracing?.end();
  await health?.close();
  await connection.close();
});

/** Resolves when the workers were asked to stop and have finished; rejects when one fails. */
async function ended(
  workers: readonly Worker[],
  running: Promise<unknown>,
  log: Log,
): Promise<void> {
  const asked = untilAskedToEnd().then((reason) => {
    log.info({ reason }, 'worker stopping');
    for (const worker of workers) worker.shutdown();
  });
  await Promise.race([running, asked]);
  await running;
}

async function openWorkers(
  environment: WorkerEnvironment,
  reached: Omit<TemporalSettings, 'connection'> & { readonly connection: NativeConnection },
  ports: Omit<Ports, keyof TemporalPorts>,
): Promise<readonly Worker[]> {
  const { connection, namespace } = reached;
  const encrypting = await openKeys(reached);
  const isEncrypting = encrypting !== undefined;
  const perMinute = environment.ENGAGE_REQUESTS_PER_MINUTE;
  return createWorkers({
    connection,
    namespace,
    activities: workerActivities({ ...ports, ...createTemporalPorts(reached) }, perMinute),
    workflowBundle: await workflowBundle(environment.BATON_WORKFLOW_BUNDLE, isEncrypting),
    ...(encrypting && { dataConverter: encrypting.forWorkers }),
    engageRequestsPerMinute: perMinute,
    concurrency: concurrencyOf(environment.BATON_WORKER_CORES),
    version: versionIn(environment),
  });
}

/** Both variables are set, or neither. */
function versionIn({
  BATON_DEPLOYMENT_NAME: deploymentName,
  BATON_BUILD_ID: buildId,
}: WorkerEnvironment): WorkerVersion | undefined {
  return deploymentName && buildId ? { deploymentName, buildId } : undefined;
}

/** Without them the server refuses every start of a thread. @throws StartError */
async function mustKnowSearchAttributes(
  ...of: Parameters<typeof missingSearchAttributes>
): Promise<void> {
  const missing = await missingSearchAttributes(...of);
  if (missing.length === 0) return;
  const names = missing.join(', ');
  throw new StartError(`search attributes ${names} are not registered: npm run register`);
}

async function serveHealth(
  environment: WorkerEnvironment,
  { temporal, ...watched }: Omit<HealthOptions, 'temporal'> & Counting,
) {
  const { BATON_API_HOST: hostname, BATON_WORKER_HEALTH_PORT: port } = environment;
  if (port === undefined || !temporal) return undefined;
  const app = createHealthApp({ ...watched, temporal });
  return listen(app, { hostname, port, setting: 'BATON_WORKER_HEALTH_PORT' });
}
