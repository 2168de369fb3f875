/**
 * A simulated world: the platform, Baton's ingress and workers, a Temporal server and the network between them,
 * in one process, on one clock and from one seed. The code of Baton and of the platform is the real one.
 */
import type { Client } from '@temporalio/client';
import type { Ports } from '../../../activities/ports.js';
import { createPace } from '../../../engage/pace.js';
import { secrets, unlimited } from '../../../local/secrets.js';
import type { BusinessSettings } from '../../../settings/business.js';
import { createSimulator, type SimulatorParts } from '../../../simulator/simulator.js';
import { clientAt } from '../../../temporal/client.js';
import { createTemporalPorts } from '../../../temporal/worker-ports.js';
import { createPorts } from '../../../worker/ports.js';
import { workerActivities } from '../../../worker/workers.js';
import { createDirectoryPort } from '../../../temporal/directory.js';
import { messengerAccess } from '../../../settings/messenger-secrets.js';
import { sourceSdkSecrets } from '../../../settings/source-sdk.js';
import { directoryPlan } from '../../../settings/directory-plan.js';
import { reconcilePlan } from '../../../settings/reconcile-plan.js';
import { reconcileWorkflow, taskQueues, type Scope } from '../../../workflows/contract/index.js';
import { enter } from '../host/install.js';
import { goodNetwork, Network } from '../host/network.js';
import { createRandom, type Random } from '../host/random.js';
import { VirtualTime } from '../host/virtual-time.js';
import { createConnection } from '../temporal/connection.js';
import { noFaults, type TemporalFaults } from '../temporal/faults.js';
import { SimulatedTemporal } from '../temporal/server.js';
import { SimulatedWorker } from '../temporal/worker.js';
import type { Act } from '../plan/plan.js';
import { toPayload } from '../temporal/payloads.js';
import { control } from './control.js';
import { operate } from './operate.js';
import { createRemoteBot } from './remote-bot.js';
import { createBusiness, onSameChannels, outsideBotUrl, type BusinessChoices } from './business.js';
import { openChannels } from './channels.js';
import { createIngress } from './ingress.js';
import { OutsideBot } from './outside-bot.js';

export type WorldOptions = {
  readonly seed: number;
  readonly business: BusinessChoices;
  /** Unix milliseconds at the start. Default: a Monday morning, 8:00 UTC, with the clocks' change in the weeks after it. */
  readonly start?: number;
  /** Replaces ports by naive versions, for planted faults. */
  readonly ports?: (ports: Ports) => Ports;
};

type Conditions = Omit<Extract<Act, { readonly do: 'conditions' }>, 'at' | 'do'>;

const mostWorkers = 3;
const restartedAfter = 5_000;
/** The platform checks webhooks and channels. */
const openedWithin = 2_000;
const hosts = { engage: 'engage.simulated', baton: 'baton.simulated' } as const;
const webhookUrl = `http://${hosts.baton}/webhooks/engage`;
const graphUrl = `http://${hosts.engage}/graph/v23.0`;
const namespace = 'default';
const usualStart = Date.UTC(2026, 2, 23, 8);

export class World {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly network: Network;
  readonly temporal: SimulatedTemporal;
  readonly simulator: SimulatorParts;
  readonly outsideBot: OutsideBot;
  /** What Temporal has reported: violations. */
  readonly reports: string[] = [];
  temporalFaults: TemporalFaults = noFaults;
  /** Of workers that start from now on, and of the ingress. */
  business: BusinessSettings;
  /** In force, as far as operators know. */
  emergency: Scope | undefined;
  /** Operators' access to Temporal. */
  readonly operator: Client;
  readonly #options: WorldOptions;
  #choices: BusinessChoices;
  #workers = 0;
  #updates = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.time = new VirtualTime(options.start ?? usualStart);
    this.business = createBusiness(options.business);
    this.#choices = options.business;
    this.random = createRandom(options.seed);
    this.network = new Network(this.time, this.random.fork('network'));
    enter({ time: this.time, random: this.random.fork('host'), fetch: this.network.fetch });
    const faults = () => this.temporalFaults;
    this.temporal = new SimulatedTemporal({
      ...{ time: this.time, random: this.random.fork('temporal') },
      get faults() {
        return faults();
      },
      onCrash: (worker) => this.#restart(worker),
      report: ({ start: { workflowId } }, what) => void this.reports.push(`${workflowId}: ${what}`),
    });
    this.simulator = createSimulator({
      ...{ accessToken: secrets.ENGAGE_TOKEN, requestsPerMinute: this.#callsPerMinute },
      webhook: {
        url: webhookUrl,
        secret: secrets.BATON_WEBHOOK_SECRET,
        verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
      },
    });
    this.network.serve(hosts.engage, this.simulator.app);
    const outsideUrl = `http://${hosts.baton}/channels/source-sdk/conversations`;
    this.outsideBot = new OutsideBot(this.time, outsideUrl);
    this.network.serve(new URL(outsideBotUrl).host, this.outsideBot);
    this.operator = clientAt({
      connection: this.#connection('operator'),
      namespace,
      encryption: undefined,
    });
    this.startIngress();
    this.startWorkers(1);
    this.#reconcileEvery();
  }

  #reconcileEvery(): void {
    const { every } = reconcilePlan(this.business, webhookUrl);
    if (every === 'off') return;
    this.time.after(every, () => {
      this.reconcile();
      this.#reconcileEvery();
    });
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
    const { time, business } = this;
    this.network.serve(hosts.baton, createIngress({ time, connection, namespace, business }));
  }

  /** Before anybody writes. */
  async open(): Promise<void> {
    const opened = openChannels(this, this.#options.business, `http://${hosts.baton}`);
    await this.run(openedWithin);
    await opened;
  }

  /** New processes in place of the ones before; with other settings it is a deployment. */
  startWorkers(count: number, business?: BusinessChoices): void {
    if (business) {
      this.#choices = onSameChannels(business, this.#choices);
      this.business = createBusiness(this.#choices);
      this.startIngress();
    }
    for (const worker of this.temporal.workers) worker.kill();
    this.temporal.use(Array.from({ length: count }, () => this.#createWorker()));
    this.#keepDirectory();
  }

  /** As a cluster does with a process that ends. */
  #restart(crashed: SimulatedWorker): void {
    this.time.after(restartedAfter, () => {
      this.temporal.replace(crashed, () => this.#createWorker());
    });
  }

  stopWorkers(): void {
    for (const worker of this.temporal.workers) worker.kill();
    this.temporal.use([]);
  }

  killWorker(): void {
    this.temporal.workers[0]?.kill();
  }

  #createWorker(): SimulatedWorker {
    this.#workers += 1;
    const name = `worker-${this.#workers}`;
    const { ports: spoil = (ports: Ports) => ports } = this.#options;
    const { sources } = this.business;
    const access = {
      ...{ url: `http://${hosts.engage}`, token: secrets.ENGAGE_TOKEN },
      sourceSdk: sourceSdkSecrets(secrets, sources),
      messenger: messengerAccess({ ...secrets, BATON_MESSENGER_URL: graphUrl }, sources),
    };
    const { callsPerMinute: perMinute } = this.#options.business;
    const pace = perMinute === undefined ? {} : { pace: this.#paceOf(perMinute) };
    const { bots, ...own } = createPorts(this.business, access, pace);
    const remote = createRemoteBot(this.time, this.random.fork(name));
    const given = this.#choices.bot === 'remote' ? new Map([...bots, ['tester', remote]]) : bots;
    const connection = this.#connection(name);
    const temporal = createTemporalPorts({ connection, namespace, encryption: undefined });
    const ports = spoil({ ...own, bots: given, ...temporal });
    const { threads, engage, emergency } = workerActivities(ports, this.#callsPerMinute);
    return new SimulatedWorker(name, { ...threads, ...engage, ...emergency });
  }

  /** The account's limit, which no deployment changes. */
  get #callsPerMinute(): number {
    return this.#options.business.callsPerMinute ?? unlimited;
  }

  /** Processes share the account's limit, as many as there may be in this world. */
  #paceOf(perMinute: number) {
    const pace = createPace({ perMinute });
    pace.shareAmong(mostWorkers);
    return pace;
  }

  /** A starting worker asks for the directory, as a schedule does every day. */
  #keepDirectory(): void {
    const { every, plan } = directoryPlan(this.business);
    if (every === 'off') return;
    const ask = () =>
      createDirectoryPort(this.operator)
        .ask({ by: 'worker', plan, isIfNeeded: true })
        .catch(() => void this.time.after(60_000, () => void ask()));
    void ask();
  }

  /** As the schedule does: not while a run goes on. */
  reconcile(): void {
    const { input } = reconcilePlan(this.business, webhookUrl);
    const last = this.temporal.latest(reconcileWorkflow);
    const options = { workflowId: reconcileWorkflow, workflowType: reconcileWorkflow };
    const { result } = last ?? {};
    this.temporal.start({
      ...{ ...options, taskQueue: taskQueues.threads, input: [toPayload(input)] },
      ...(result && { lastResult: result }),
    });
  }

  setConditions({ platform = {}, network, temporal }: Conditions): void {
    this.simulator.faults.set(platform);
    this.network.faults = { ...goodNetwork, ...network };
    this.temporalFaults = { ...noFaults, ...temporal };
  }

  withDeadline<T>(milliseconds: number, call: () => Promise<T>): Promise<T> {
    return this.operator.withDeadline(this.time.now + milliseconds, call);
  }

  nextUpdateId(): string {
    this.#updates += 1;
    return `update-${this.#updates}`;
  }

  /** All faults are over, workers are there, and no rule of an administrator keeps the bot away. */
  async calm(): Promise<void> {
    this.setConditions({});
    if (this.temporal.workers.length === 0) this.startWorkers(1);
    await control(this, '/cast/rule', { name: 'emergency', on: false });
    if (this.emergency) operate(this, { do: 'operator ends emergency' });
  }

  async run(milliseconds: number): Promise<void> {
    await this.time.runUntil(this.time.now + milliseconds);
  }
}
