/** The process of an ingress of a negative control, which differs from ours only in how it accepts events. */
import { createApp } from '../../../api/app.js';
import { createLog } from '../../../runtime/log.js';
import { listen } from '../../../runtime/listen.js';
import { notifyReady, untilAskedToEnd } from '../../../runtime/run-role.js';
import { readApiEnvironment } from '../../../settings/environment.js';
import { loadSettings } from '../../../settings/load-settings.js';
import { temporalSettings, type TemporalSettings } from '../../../temporal/settings.js';
import { connectThreads, type Threads } from '../../../temporal/threads.js';

type Accept = Threads['accept'];

/** Ends the process when it is asked to. @param createAccept is given our own `accept` */
export async function runIngress(
  createAccept: (ours: Accept, temporal: TemporalSettings) => Promise<Accept> | Accept,
): Promise<never> {
  const { environment, temporal } = await loadSettings(readApiEnvironment, temporalSettings);
  const threads = connectThreads(temporal);
  const accept = await createAccept((events) => threads.accept(events), temporal);
  const app = createApp({
    threads: { ...threads, accept },
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
}
