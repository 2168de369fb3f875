/**
 * The simulator process: a simulated platform, kept on disk, that delivers to the ingress on this machine.
 */
import { portTaken } from '../runtime/listen.js';
import { runRole, notifyReady, untilAskedToEnd } from '../runtime/run-role.js';
import { StartError } from '../runtime/start-error.js';
import { readSimulatorEnvironment } from '../settings/environment.js';
import { startSimulator } from './simulator.js';

await runRole('simulator', async () => {
  const environment = readSimulatorEnvironment(process.env);
  const { BATON_SIMULATOR_PORT: port, BATON_API_PORT: apiPort } = environment;
  const url = environment.BATON_WEBHOOK_URL ?? `http://127.0.0.1:${apiPort}/webhooks/engage`;
  const { BATON_OPERATOR_TOKEN: token } = environment;
  const batonUrl = environment.BATON_OPERATOR_URL ?? `http://127.0.0.1:${apiPort}`;
  const simulator = await startSimulator({
    port,
    accessToken: environment.ENGAGE_TOKEN,
    statePath: environment.BATON_SIMULATOR_STATE,
    timeScale: environment.BATON_SIMULATOR_TIME_SCALE,
    ...(token !== undefined && { baton: { url: batonUrl, token } }),
    webhook: {
      url,
      secret: environment.BATON_WEBHOOK_SECRET,
      verifyToken: environment.BATON_WEBHOOK_VERIFY_TOKEN,
    },
  }).catch((error: unknown) => {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw isTaken ? new StartError(portTaken(port, 'BATON_SIMULATOR_PORT')) : error;
  });
  console.log(`the simulator listens at ${simulator.url}`);
  notifyReady();
  await untilAskedToEnd();
  await simulator.stop();
});
