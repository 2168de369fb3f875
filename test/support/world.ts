/**
 * Baton whole, for one test file: a real Temporal server, the simulator, the ingress on a port, and
 * workers, wired as `npm start` wires them. Tests act through the simulator's doors and see what a
 * customer would.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { createApp } from '../../api/app.js';
import { createLog } from '../../log/log.js';
import { listen } from '../../process/listen.js';
import type { BatonConfig, BusinessSettings } from '../../settings/business.js';
import { parseConfig } from '../../settings/load-config.js';
import { openDoors, type Doors } from '../../simulator/door-client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { connectThreads } from '../../temporal/threads.js';
import { createPorts } from '../../worker/ports.js';
import { createWorkers } from '../../worker/workers.js';
import { observeExchange } from './conformance.js';
import { startTemporal } from './temporal.js';
import { testConfig } from './test-config.js';

export type WorldOptions = {
  readonly config?: BatonConfig;
  /** The test runs a worker of its own. */
  readonly withoutWorker?: boolean;
  /** Something naive in place of ours, for saboteurs. */
  readonly ports?: (ports: Ports) => Ports;
  readonly isTimeSkipping?: boolean;
};

export const secrets = {
  ENGAGE_TOKEN: 'token-of-the-bot',
  BATON_WEBHOOK_SECRET: 'webhook-secret',
  BATON_WEBHOOK_VERIFY_TOKEN: 'verify-token',
} as const;

export type World = {
  readonly temporal: TestWorkflowEnvironment;
  readonly simulator: Simulator;
  readonly doors: Doors;
  readonly webhookUrl: string;
  readonly business: BusinessSettings;
  /** Ends our workers as a clean shutdown would, and starts them again. */
  stopWorkers(): Promise<void>;
  startWorkers(): Promise<void>;
  stop(): Promise<void>;
};

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const business = parseConfig(options.config ?? testConfig());
  const temporal = await startTemporal(options.isTimeSkipping);
  const ingress = await startIngress(temporal.address, business);
  const simulator = await startSimulator({
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    requestsPerMinute: 1_000_000,
    webhook: {
      url: ingress.webhookUrl,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
    onExchange: observeExchange,
  });
  const engage = { url: simulator.url, token: secrets.ENGAGE_TOKEN };
  const ports = (options.ports ?? ((same) => same))(createPorts(business, engage));
  let workers: Workers | undefined;
  const startWorkers = async () => {
    workers = await runWorkers(temporal, ports);
  };
  const stopWorkers = async () => {
    await workers?.stop();
    workers = undefined;
  };
  if (!options.withoutWorker) await startWorkers();
  return {
    temporal,
    simulator,
    doors: openDoors(simulator.url),
    webhookUrl: ingress.webhookUrl,
    business,
    startWorkers,
    stopWorkers,
    async stop() {
      await simulator.stop();
      await ingress.close();
      await stopWorkers();
      await temporal.teardown();
    },
  };
}

/** The ingress on a free port, with Temporal at this address or not. */
export async function startIngress(address: string, business: BusinessSettings) {
  const threads = connectThreads({ namespace: 'default', connection: { address } });
  const ours = new Set(Object.values(business.sources).map(({ id }) => id));
  const app = createApp({
    threads,
    webhookSecrets: [secrets.BATON_WEBHOOK_SECRET],
    verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    isOurs: (sourceId) => ours.has(sourceId),
    log: createLog('api', 'silent'),
  });
  const server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'TEST' });
  return {
    webhookUrl: `http://127.0.0.1:${server.port}/webhooks/engage`,
    async close() {
      await server.close();
      await threads.close();
    },
  };
}

type Workers = { stop(): Promise<void> };

async function runWorkers(temporal: TestWorkflowEnvironment, ports: Ports): Promise<Workers> {
  const workers = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: 'default',
    ports,
    workflowBundle: { codePath: inject('workflowBundle') },
    engageRequestsPerMinute: 1_000_000,
  });
  const running = Promise.all(workers.map((worker: Worker) => worker.run()));
  return {
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}
