/**
 * A naive ingress: it signals a run whatever its size. Temporal ends a run that has grown too large, and every test
 * that acknowledged events are not lost must fail with it.
 */
import { Connection } from '@temporalio/client';
import { createApp } from '../../../api/app.js';
import { createLog } from '../../../runtime/log.js';
import { listen } from '../../../runtime/listen.js';
import { notifyReady, untilAskedToEnd } from '../../../runtime/run-role.js';
import { readApiEnvironment } from '../../../settings/environment.js';
import { loadSettings } from '../../../settings/load-settings.js';
import { clientAt } from '../../../temporal/client.js';
import { temporalSettings } from '../../../temporal/settings.js';
import { createStartOptions } from '../../../temporal/start-thread.js';
import { connectThreads } from '../../../temporal/threads.js';
import { engageEvents, threadWorkflow } from '../../../workflows/contract/index.js';

const { environment, temporal } = await loadSettings(readApiEnvironment, temporalSettings);
const connection = await Connection.connect({ address: temporal.connection.address });
const { workflow } = clientAt({ ...temporal, connection });
const app = createApp({
  threads: {
    ...connectThreads(temporal),
    async accept({ domainId, threadId, startOn, events }) {
      if (!startOn) return 'notRunning';
      const { sourceId } = startOn;
      const options = createStartOptions({ domainId, threadId, sourceId });
      const signal = { signal: engageEvents, signalArgs: [events] as [typeof events] };
      await workflow.signalWithStart(threadWorkflow, { ...options, ...signal });
      return 'accepted';
    },
  },
  webhookSecrets: [environment.BATON_WEBHOOK_SECRET],
  verifyToken: environment.BATON_WEBHOOK_VERIFY_TOKEN,
  isOurs: () => true,
  log: createLog('api', environment.BATON_LOG_LEVEL),
});
const { BATON_API_HOST: hostname, BATON_API_PORT: port } = environment;
await listen(app, { hostname, port, setting: 'BATON_API_PORT' });
notifyReady();
await untilAskedToEnd();
process.exit(0);
