/**
 * A naive worker: when the answer to a post is lost, it does not look whether the reply is there, it
 * just sends it again. The tests that prove one reply must fail with it.
 */
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { tellReady } from '../../process/run-role.js';
import { readWorkerEnvironment } from '../../settings/environment.js';
import { loadSettings } from '../../settings/load-settings.js';
import { temporalSettings } from '../../temporal/settings.js';
import { createTemporalPorts } from '../../temporal/worker-ports.js';
import { createPorts } from '../../worker/ports.js';
import { createWorkers } from '../../worker/workers.js';

Runtime.install({ logger: new DefaultLogger('ERROR') });
const settings = await loadSettings(readWorkerEnvironment, temporalSettings);
const { environment, temporal, business } = settings;
const connection = await NativeConnection.connect({ address: temporal.connection.address });
const ports = {
  ...createPorts(business, { url: environment.ENGAGE_URL, token: environment.ENGAGE_TOKEN }),
  ...createTemporalPorts({ connection, namespace: 'default' }),
};
const workers = await createWorkers({
  connection,
  namespace: 'default',
  ports: { ...ports, engage: { ...ports.engage, listNewestContents: () => Promise.resolve([]) } },
  workflowBundle: { codePath: environment.BATON_WORKFLOW_BUNDLE ?? '' },
  engageRequestsPerMinute: environment.ENGAGE_REQUESTS_PER_MINUTE,
});
const running = Promise.all(workers.map((worker) => worker.run()));
tellReady();
await running;
