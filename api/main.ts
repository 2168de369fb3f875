/**
 * The ingress process. It listens even while Temporal is not reachable, so that the platform gets 503, and
 * retries, instead of a refused connection. On shutdown it finishes the requests in flight.
 */
import { createLog } from '../runtime/log.js';
import { listen } from '../runtime/listen.js';
import { runRole, notifyReady, untilAskedToEnd } from '../runtime/run-role.js';
import { readApiEnvironment } from '../settings/environment.js';
import { loadSettings } from '../settings/load-settings.js';
import { temporalSettings } from '../temporal/settings.js';
import { wantsTraces } from '../settings/traces.js';
import { startTracing } from '../runtime/tracing/start.js';
import { createConnectedApp } from './connected-app.js';
import { strictHeaders } from './headers.js';

await runRole('api', async () => {
  const settings = await loadSettings(readApiEnvironment, temporalSettings);
  const { environment, temporal, business } = settings;
  const log = createLog('api', environment.BATON_LOG_LEVEL);
  const tracing = await startTracing('baton-api', { isWanted: wantsTraces(), log });
  const { app, close } = createConnectedApp(temporal, business, { environment, log, tracing });
  const { BATON_API_HOST: hostname, BATON_API_PORT: port } = environment;
  const isHttps = environment.BATON_CONSOLE_URL?.startsWith('https:') ?? false;
  const headers = strictHeaders({ isHttps });
  const server = await listen(app, { hostname, port, setting: 'BATON_API_PORT', headers });
  log.info({ port: server.port, sources: Object.keys(business.sources).length }, 'ingress started');
  notifyReady();

  const reason = await untilAskedToEnd();
  log.info({ reason }, 'ingress stopping');
  await server.close();
  await close();
  await tracing?.end();
});
