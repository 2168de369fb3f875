/**
 * A naive ingress: it acknowledges a delivery at once and signals Temporal afterwards. Every test that
 * acknowledged events are not lost must fail with it.
 */
import { createApp } from '../../../api/app.js';
import { createLog } from '../../../runtime/log.js';
import { listen } from '../../../runtime/listen.js';
import { notifyReady, untilAskedToEnd } from '../../../runtime/run-role.js';
import { readApiEnvironment } from '../../../settings/environment.js';
import { loadSettings } from '../../../settings/load-settings.js';
import { temporalSettings } from '../../../temporal/settings.js';
import { connectThreads } from '../../../temporal/threads.js';

const { environment, temporal } = await loadSettings(readApiEnvironment, temporalSettings);
const threads = connectThreads(temporal);
const app = createApp({
  threads: {
    ...threads,
    accept(events) {
      void threads.accept(events).catch(() => undefined);
      return Promise.resolve('accepted');
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
