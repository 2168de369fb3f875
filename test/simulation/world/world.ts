/**
 * A simulated world: the platform, Baton's ingress and workers, a Temporal server and the network between them,
 * in one process, on one clock and from one seed. The code of Baton and of the platform is the real one.
 */
import { createApp } from '../../../api/app.js';
import type { Ports } from '../../../activities/ports.js';
import { secrets, unlimited } from '../../../local/secrets.js';
import type { BusinessSettings } from '../../../settings/business.js';
import { createLog } from '../../../runtime/log.js';
import { createSimulator, type SimulatorParts } from '../../../simulator/simulator.js';
import { clientAt } from '../../../temporal/client.js';
import { createIdentityMarks } from '../../../temporal/identity-mark.js';
import { createRoom } from '../../../temporal/room.js';
import { createAccept } from '../../../temporal/threads.js';
import { createTemporalPorts } from '../../../temporal/worker-ports.js';
import { createPorts } from '../../../worker/ports.js';
import { workerActivities } from '../../../worker/workers.js';
import { enter } from '../host/install.js';
import { goodNetwork, Network } from '../host/network.js';
import { createRandom, type Random } from '../host/random.js';
import { VirtualTime } from '../host/virtual-time.js';
import { createConnection } from '../temporal/connection.js';
import { noFaults, type TemporalFaults } from '../temporal/faults.js';
import { SimulatedTemporal } from '../temporal/server.js';
import { SimulatedWorker } from '../temporal/worker.js';
import { createBusiness, type BusinessChoices } from './business.js';

export type WorldOptions = {
  readonly seed: number;
  readonly business: BusinessChoices;
  /** Replaces ports by naive versions, for planted faults. */
  readonly ports?: (ports: Ports) => Ports;
};

const hosts = { engage: 'engage.simulated', baton: 'baton.simulated' } as const;
/** A Monday morning. */
const start = Date.UTC(2026, 2, 2, 8);

export class World {
  readonly time = new VirtualTime(start);
  readonly random: Random;
  readonly network: Network;
  readonly temporal: SimulatedTemporal;
  readonly simulator: SimulatorParts;
  /** What Temporal has reported: violations. */
  readonly reports: string[] = [];
  temporalFaults: TemporalFaults = noFaults;
  /** Of workers that start from now on, and of the ingress. */
  business: BusinessSettings;
  readonly #options: WorldOptions;
  #workers = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.business = createBusiness(options.business);
    this.random = createRandom(options.seed);
    this.network = new Network(this.time, this.random.fork('network'));
    enter({ time: this.time, random: this.random.fork('host'), fetch: this.network.fetch });
    const faults = () => this.temporalFaults;
    this.temporal = new SimulatedTemporal({
      ...{ time: this.time, random: this.random.fork('temporal') },
      get faults() {
        return faults();
      },
      report: ({ start: { workflowId } }, what) => void this.reports.push(`${workflowId}: ${what}`),
    });
    this.simulator = createSimulator({
      ...{ accessToken: secrets.ENGAGE_TOKEN, requestsPerMinute: unlimited },
      webhook: {
        url: `http://${hosts.baton}/webhooks/engage`,
        secret: secrets.BATON_WEBHOOK_SECRET,
        verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
      },
    });
    this.network.serve(hosts.engage, this.simulator.app);
    this.startIngress();
    this.startWorkers(1);
  }

  #connection(name: string) {
    const faults = () => this.temporalFaults;
    return createConnection({
      ...{ time: this.time, server: this.temporal, random: this.random.fork(name) },
      get faults() {
        return faults();
      },
    });
  }

  startIngress(): void {
    const connection = this.#connection('ingress');
    const at = { connection, namespace: 'default', encryption: undefined };
    const client = clientAt(at, { workflow: [createRoom(at)] });
    const inTime = <T>(call: () => Promise<T>) =>
      connection.withDeadline(this.time.now + 2_600, call);
    const ours = new Set(Object.values(this.business.sources).map(({ id }) => id));
    const app = createApp({
      threads: {
        accept: createAccept(client, inTime, createIdentityMarks(undefined)),
        obstacles: () => Promise.resolve([]),
        close: () => Promise.resolve(),
      },
      webhookSecrets: [secrets.BATON_WEBHOOK_SECRET],
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
      isOurs: (sourceId) => ours.has(sourceId),
      behind: () => 0,
      log: createLog('api', 'silent'),
    });
    this.network.serve(hosts.baton, app);
  }

  /** Processes without the ones before: a start, or a restart after a crash. */
  startWorkers(count: number): void {
    const workers = Array.from({ length: count }, () => this.#createWorker());
    this.temporal.use(workers);
  }

  #createWorker(): SimulatedWorker {
    this.#workers += 1;
    const name = `worker-${this.#workers}`;
    const { ports: spoil = (ports: Ports) => ports } = this.#options;
    const own = createPorts(this.business, {
      url: `http://${hosts.engage}`,
      token: secrets.ENGAGE_TOKEN,
    });
    const connection = this.#connection(name);
    const temporal = createTemporalPorts({
      connection,
      namespace: 'default',
      encryption: undefined,
    });
    const { threads, engage, emergency } = workerActivities(
      spoil({ ...own, ...temporal }),
      unlimited,
    );
    return new SimulatedWorker(name, { ...threads, ...engage, ...emergency });
  }

  /** All faults are over. */
  calm(): void {
    this.temporalFaults = noFaults;
    this.network.faults = goodNetwork;
    this.simulator.faults.set({});
    if (this.temporal.workers.length === 0) this.startWorkers(1);
  }

  async run(milliseconds: number): Promise<void> {
    await this.time.runUntil(this.time.now + milliseconds);
  }
}
