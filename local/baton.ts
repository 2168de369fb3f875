/**
 * The complete stack in this process: simulator, ingress on a port, and workers, wired as by `npm start`,
 * with a Temporal server that the caller starts. For scenarios and tests.
 */
import type { NativeConnection } from '@temporalio/worker';
import type { Ports } from '../activities/ports.js';
import { createConnectedApp } from '../api/connected-app.js';
import { strictHeaders } from '../api/headers.js';
import type { RouteLimits as Limits } from '../api/limits/routes.js';
import { createLog } from '../runtime/log.js';
import { listen } from '../runtime/listen.js';
import { alertAccess } from '../settings/alerts.js';
import type { BusinessSettings } from '../settings/business.js';
import type { EncryptionSettings } from '../settings/encryption.js';
import { answerAccess } from '../settings/late-answers.js';
import { messengerAccess } from '../settings/messenger-secrets.js';
import { sourceSdkSecrets } from '../settings/source-sdk.js';
import { connectControl, type SimulatorControl } from '../simulator/control-client.js';
import { startSimulator, type Simulator } from '../simulator/simulator.js';
import type { Tracing } from '../runtime/tracing/tracing.js';
import { getEncryption } from '../temporal/encryption/data-converter.js';
import { createTemporalPorts } from '../temporal/worker-ports.js';
import { startBots } from '../worker/bots.js';
import { createPorts, type PortsOptions } from '../worker/ports.js';
import { createWorkers, workerActivities, type WorkersOptions } from '../worker/workers.js';
import { ActivitiesInFlight } from './activities-in-flight.js';
import { secrets, unlimited } from './secrets.js';
import type { SharedWorkers } from './shared-workers.js';
import type { SimulatorOptions } from '../simulator/options.js';

export { secrets, unlimited };

export type WholeBatonOptions = {
  readonly temporal: {
    readonly address: string;
    readonly nativeConnection: NativeConnection;
    /** Default: `default`. */
    readonly namespace?: string | undefined;
  };
  readonly business: BusinessSettings;
  readonly workflowBundle: WorkersOptions['workflowBundle'];
  readonly simulator?: Pick<SimulatorOptions, 'account' | 'onExchange'>;
  /** Clock of the workers. */
  readonly now?: () => number;
  /** Passed to `createWorkers`. */
  readonly cachedThreads?: number;
  /** Workers that already run on this server with this bundle; they are not stopped. */
  readonly workers?: SharedWorkers | undefined;
  readonly tracing?: { readonly api: Tracing; readonly worker: Tracing };
  /** Rate limits of the ingress, for tests that call it often. */
  readonly limits?: Limits;
  /** Requires the bundle for encrypted payloads. */
  readonly encryption?: EncryptionSettings | undefined;
  /** Replaces ports by naive versions, for negative controls. */
  readonly ports?: (ports: Ports) => Ports;
};

export type WholeBaton = {
  readonly simulator: Simulator;
  readonly control: SimulatorControl;
  readonly webhookUrl: string;
  /** Restarts the ingress on the same address. */
  restartIngress(): Promise<void>;
  readonly inFlight: ActivitiesInFlight;
  /** Stops the workers by a clean shutdown. */
  stopWorkers(): Promise<void>;
  startWorkers(): Promise<void>;
  stop(): Promise<void>;
};

/** Does not start the workers. */
export async function startWholeBaton(options: WholeBatonOptions): Promise<WholeBaton> {
  const { business, temporal, encryption } = options;
  const { namespace } = temporal;
  const chosen = { tracing: options.tracing?.api, limits: options.limits, encryption, namespace };
  let ingress = await startIngress(temporal.address, business, 0, chosen);
  const { webhookUrl } = ingress;
  const simulator = await startSimulator({
    baton: { url: new URL(webhookUrl).origin, token: secrets.BATON_OPERATOR_TOKEN },
    ...options.simulator,
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    requestsPerMinute: unlimited,
    webhook: {
      url: webhookUrl,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
  });
  const restartIngress = async () => {
    await ingress.close();
    ingress = await startIngress(temporal.address, business, ingress.port, chosen);
  };
  const workers = workersOf(options, simulator.url, new URL('/', webhookUrl).href);
  const stop = async () => {
    await simulator.stop();
    await ingress.close();
    await workers.stopWorkers();
  };
  const control = connectControl(simulator.url);
  return { simulator, control, webhookUrl, restartIngress, ...workers, stop };
}

type IngressOptions = {
  readonly tracing?: Tracing | undefined;
  readonly limits?: Limits | undefined;
  readonly encryption?: EncryptionSettings | undefined;
  readonly namespace?: string | undefined;
};

/** Starts the ingress, by default on a free port; Temporal may be down. */
export async function startIngress(
  address: string,
  business: BusinessSettings,
  port = 0,
  { tracing, limits, encryption, namespace = 'default' }: IngressOptions = {},
) {
  const temporal = { namespace, connection: { address }, encryption };
  const log = createLog('api', 'silent');
  const surroundings = { environment: secrets, log, tracing, limits };
  const { app, close } = createConnectedApp(temporal, business, surroundings);
  const headers = strictHeaders({ isHttps: false });
  const at = { hostname: '127.0.0.1', port, setting: 'no setting', headers };
  const server = await listen(app, at);
  return {
    port: server.port,
    webhookUrl: `http://127.0.0.1:${server.port}/webhooks/engage`,
    async close() {
      await server.close();
      await close();
    },
  };
}

type Wired = Pick<WholeBatonOptions, 'business' | 'temporal' | 'now' | 'tracing' | 'encryption'> &
  Pick<PortsOptions, 'pace'>;

/** Creates the activities' ports for this Temporal and this platform. */
export function createLocalPorts(
  { business, temporal, now, tracing, encryption, pace }: Wired,
  engageUrl: string,
  publicUrl?: string,
): Ports {
  return {
    ...createPorts(
      business,
      {
        ...{ url: engageUrl, token: secrets.ENGAGE_TOKEN },
        sourceSdk: sourceSdkSecrets(secrets, business.sources),
        alerts: alertAccess(secrets, business),
        answers: answerAccess({ ...secrets, BATON_PUBLIC_URL: publicUrl }),
        messenger: messengerAccess(
          { ...secrets, BATON_MESSENGER_URL: `${engageUrl}/graph/v23.0` },
          business.sources,
        ),
      },
      { now, tracing: tracing?.worker, pace },
    ),
    ...createTemporalPorts({
      connection: temporal.nativeConnection,
      namespace: temporal.namespace ?? 'default',
      encryption,
    }),
  };
}

export type RunOptions = Pick<WholeBatonOptions, 'temporal' | 'workflowBundle' | 'encryption'> &
  Pick<WorkersOptions, 'activities' | 'cachedThreads' | 'concurrency' | 'isInMainThread'> & {
    /** Default: unlimited. */
    readonly engageRequestsPerMinute?: number;
  };

export type RunningWorkers = {
  /** Stops them by a clean shutdown. */
  stop(): Promise<void>;
};

/** Runs the workers of every task queue in this process. */
export async function runWorkers({
  temporal,
  activities,
  workflowBundle,
  encryption,
  cachedThreads,
  concurrency,
  isInMainThread,
  engageRequestsPerMinute = unlimited,
}: RunOptions): Promise<RunningWorkers> {
  const workers = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace ?? 'default',
    activities,
    workflowBundle,
    engageRequestsPerMinute,
    ...(isInMainThread !== undefined && { isInMainThread }),
    ...(concurrency && { concurrency }),
    ...(encryption && { dataConverter: getEncryption(encryption).forWorkers }),
    ...(cachedThreads !== undefined && { cachedThreads }),
  });
  const ended = Promise.all(workers.map((worker) => worker.run()));
  return {
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

function workersOf(options: WholeBatonOptions, engageUrl: string, publicUrl: string) {
  const ports = (options.ports ?? ((same) => same))(
    createLocalPorts(options, engageUrl, publicUrl),
  );
  let running: RunningWorkers | undefined;
  const inFlight = new ActivitiesInFlight();
  return {
    inFlight,
    async startWorkers() {
      await startBots(ports.bots);
      const activities = inFlight.counted(workerActivities(ports, unlimited));
      if (options.workers) return options.workers.use(activities);
      running = await runWorkers({ ...options, activities, isInMainThread: true });
    },
    async stopWorkers() {
      const stopping = running;
      running = undefined;
      await stopping?.stop();
    },
  };
}
