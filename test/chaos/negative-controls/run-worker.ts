/** A worker like `worker/main.ts`, with naive functions in the Engage port. */
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { notifyReady } from '../../../runtime/run-role.js';
import { readWorkerEnvironment } from '../../../settings/environment.js';
import { loadSettings } from '../../../settings/load-settings.js';
import { temporalSettings } from '../../../temporal/settings.js';
import { createTemporalPorts } from '../../../temporal/worker-ports.js';
import { createPorts } from '../../../worker/ports.js';
import { createWorkers, workerActivities } from '../../../worker/workers.js';

type Engage = ReturnType<typeof createPorts>['engage'];

export async function runWorker(naive: (engage: Engage) => Partial<Engage>): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const settings = await loadSettings(readWorkerEnvironment, temporalSettings);
  const { environment, temporal, business } = settings;
  const { namespace } = temporal;
  const connection = await NativeConnection.connect({ address: temporal.connection.address });
  const access = { url: environment.ENGAGE_URL, token: environment.ENGAGE_TOKEN };
  const ports = {
    ...createPorts(business, access),
    ...createTemporalPorts({ connection, namespace }),
  };
  const workers = await createWorkers({
    connection,
    namespace,
    activities: workerActivities(
      { ...ports, engage: { ...ports.engage, ...naive(ports.engage) } },
      environment.ENGAGE_REQUESTS_PER_MINUTE,
    ),
    workflowBundle: { codePath: environment.BATON_WORKFLOW_BUNDLE ?? '' },
    engageRequestsPerMinute: environment.ENGAGE_REQUESTS_PER_MINUTE,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  notifyReady();
  await running;
}
