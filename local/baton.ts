/**
 * Baton in this process: an ingress on a port and the workers of every task queue, wired as by `npm start`. The
 * Temporal server is the caller's; so is the platform, unless `startWholeBaton` starts the simulator. For
 * scenarios, `npm run chat`, tests and benches. Baton as processes: `test/harness/stack.ts`.
 */
import type { ConnectionOptions } from '@temporalio/client';
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
import { workerActivities, type WorkersOptions } from '../worker/workers.js';
import { ActivitiesInFlight } from './activities-in-flight.js';
import { runWorkers, type RunningWorkers } from './run-workers.js';
import { secrets, unlimited } from './secrets.js';
import type { SharedWorkers } from './shared-workers.js';
import type { SimulatorOptions } from '../simulator/options.js';

export { secrets, unlimited };

export type BatonOptions = Pick<PortsOptions, 'pace'> &
  Pick<WorkersOptions, 'cachedThreads' | 'concurrency' | 'isInMainThread' | 'workflowBundle'> & {
    readonly temporal: {
      readonly address: string;
      readonly nativeConnection: NativeConnection;
      /** Default: `default`. */
      readonly namespace?: string | undefined;
    };
    readonly business: BusinessSettings;
    /** Port of the ingress. Default: a free one. */
    readonly port?: number;
    /** Clock of the workers. */
    readonly now?: () => number;
    /** Requests per minute that the platform allows, as workers know it. Default: unlimited. */
    readonly engageRequestsPerMinute?: number;
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

export type Baton<Platform> = {
  readonly platform: Platform;
  readonly webhookUrl: string;
  /** Restarts the ingress on the same address. */
  restartIngress(): Promise<void>;
  readonly inFlight: ActivitiesInFlight;
  /** @param engageToken of the API, as `ENGAGE_TOKEN` gives it to new workers. Default: that of `secrets` */
  startWorkers(engageToken?: string): Promise<void>;
  /** Stops the workers by a clean shutdown. */
  stopWorkers(): Promise<void>;
  /** Stops ingress and workers. The platform is left to the caller. */
  stop(): Promise<void>;
};

/**
 * Starts the ingress, then the platform; does not start the workers.
 *
 * @param openPlatform is given the address of the webhook
 */
export async function startBaton<Platform extends { readonly url: string }>(
  options: BatonOptions,
  openPlatform: (webhookUrl: string) => Platform | Promise<Platform>,
): Promise<Baton<Platform>> {
  const { business, temporal, encryption, limits, port } = options;
  const { address, namespace } = temporal;
  const chosen = { tracing: options.tracing?.api, limits, encryption, namespace };
  let ingress = await startIngress(address, business, port, chosen);
  const { webhookUrl } = ingress;
  const platform = await openPlatform(webhookUrl);
  const workers = workersOf(options, platform.url, new URL('/', webhookUrl).href);
  return {
    ...{ platform, webhookUrl },
    async restartIngress() {
      await ingress.close();
      ingress = await startIngress(address, business, ingress.port, chosen);
    },
    ...workers,
    async stop() {
      await ingress.close();
      await workers.stopWorkers();
    },
  };
}

export type WholeBatonOptions = BatonOptions & {
  readonly simulator?: Pick<SimulatorOptions, 'account' | 'onExchange'>;
};

export type WholeBaton = Omit<Baton<Simulator>, 'platform'> & {
  readonly simulator: Simulator;
  readonly control: SimulatorControl;
};

/** As `startBaton`, with the simulator as the platform; `stop` stops it too. */
export async function startWholeBaton(options: WholeBatonOptions): Promise<WholeBaton> {
  const { platform: simulator, ...baton } = await startBaton(
    { isInMainThread: true, ...options },
    (webhookUrl) =>
      startSimulator({
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
      }),
  );
  const stop = async () => {
    await simulator.stop();
    await baton.stop();
  };
  return { ...baton, simulator, control: connectControl(simulator.url), stop };
}

type IngressOptions = {
  readonly tracing?: Tracing | undefined;
  readonly limits?: Limits | undefined;
  readonly encryption?: EncryptionSettings | undefined;
  readonly namespace?: string | undefined;
  /** Called for each request to Temporal. */
  readonly interceptors?: NonNullable<ConnectionOptions['interceptors']>;
};

/** Starts the ingress, by default on a free port; Temporal may be down. */
export async function startIngress(
  address: string,
  business: BusinessSettings,
  port = 0,
  { tracing, limits, encryption, namespace = 'default', interceptors }: IngressOptions = {},
) {
  const connection = { address, ...(interceptors && { interceptors }) };
  const temporal = { namespace, connection, encryption };
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

type Wired = Pick<
  BatonOptions,
  'business' | 'temporal' | 'now' | 'tracing' | 'encryption' | 'pace'
>;

type LocalAccess = {
  readonly publicUrl?: string;
  readonly engageToken?: string | undefined;
};

/** Creates the activities' ports for this Temporal and this platform. */
export function createLocalPorts(
  { business, temporal, now, tracing, encryption, pace }: Wired,
  engageUrl: string,
  { publicUrl, engageToken = secrets.ENGAGE_TOKEN }: LocalAccess = {},
): Ports {
  return {
    ...createPorts(
      business,
      {
        ...{ url: engageUrl, token: engageToken },
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

function workersOf(options: BatonOptions, engageUrl: string, publicUrl: string) {
  const { temporal, encryption, engageRequestsPerMinute = unlimited, ...rest } = options;
  let running: RunningWorkers | undefined;
  const inFlight = new ActivitiesInFlight();
  return {
    inFlight,
    async startWorkers(engageToken?: string) {
      const own = createLocalPorts(options, engageUrl, { publicUrl, engageToken });
      const ports = options.ports ? options.ports(own) : own;
      await startBots(ports.bots);
      const activities = inFlight.counted(workerActivities(ports, engageRequestsPerMinute));
      if (options.workers) return options.workers.use(activities);
      running = await runWorkers({
        ...rest,
        ...{ activities, engageRequestsPerMinute },
        connection: temporal.nativeConnection,
        namespace: temporal.namespace ?? 'default',
        dataConverter: encryption && getEncryption(encryption).forWorkers,
      });
    },
    async stopWorkers() {
      const stopping = running;
      running = undefined;
      await stopping?.stop();
    },
  };
}
