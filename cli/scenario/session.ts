/**
 * The environment of one scenario: the complete stack with the scenario's business settings, a simulated
 * account of its own, the current customer, and the simulated time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { newState } from '../../simulator/new-state.js';
import { categories, domainId, webhookId } from '../../simulator/seed.js';
import type { State } from '../../simulator/state.js';
import type { ThreadRecord } from '../../simulator/control-client.js';
import type { WorkersOptions } from '../../worker/workers.js';
import { endDirectory, readDirectory } from './directory.js';
import type { Scenario } from './parse.js';
import type { Server } from '../../local/server.js';
import type { SharedWorkers } from '../../local/shared-workers.js';
import { Time } from './time.js';
import { Watch } from './watch.js';
import { secrets, startWholeBaton, type WholeBaton } from '../../local/baton.js';

export type SessionOptions = {
  readonly scenario: Scenario;
  readonly server: Server;
  readonly workflowBundle: WorkersOptions['workflowBundle'];
  /** The server's workers, when several scenarios share it. */
  readonly workers?: SharedWorkers | undefined;
};

const categoryNames = new Map(
  Object.entries(categories).map(([name, id]): [string, string] => [id, name]),
);

export class Session {
  readonly domainId = domainId;
  readonly sourceId: string;
  /** State of the simulator, the ground truth. */
  readonly account: State;
  readonly server: Server;
  readonly baton: WholeBaton;
  readonly watch: Watch;
  readonly time: Time;
  readonly beganAt: number;
  isOutage = false;
  /** Tokens of the bot's user: valid on the platform, and `ENGAGE_TOKEN` of workers that start. */
  validToken: string = secrets.ENGAGE_TOKEN;
  configuredToken: string = secrets.ENGAGE_TOKEN;
  /** The current customer, their thread, and the thread of the last content. */
  customer = '';
  thread = '';
  threadBefore = '';
  /** Number of replies at the last action, and number of replies checked since. */
  repliesRead = 0;
  #customers = 0;

  constructor({ server }: SessionOptions, sourceId: string, baton: WholeBaton, account: State) {
    this.server = server;
    this.sourceId = sourceId;
    this.account = account;
    this.baton = baton;
    this.watch = new Watch(server.workflows, baton.inFlight);
    const { control } = baton;
    const isOutage = () => this.isOutage;
    this.time = new Time({ server, control, account, watch: this.watch, isOutage });
    this.beganAt = this.time.now;
    this.newCustomer();
  }

  newCustomer(): void {
    this.#customers += 1;
    this.customer = `customer-${this.#customers}`;
  }

  /** A content arrived in this thread: the next steps refer to it. */
  follow(thread: string): void {
    this.threadBefore = this.thread;
    this.thread = thread;
    this.watch.add(thread);
  }

  async record(): Promise<ThreadRecord | undefined> {
    return this.thread === '' ? undefined : this.baton.control.record(this.thread);
  }

  /** The bot's replies in this thread, oldest first. */
  async replies(): Promise<readonly string[]> {
    const { contents = [] } = (await this.record()) ?? {};
    return contents.filter(({ by }) => by.startsWith('bot:')).map(({ body }) => body);
  }

  /** Names of the thread's own categories. */
  async categories(): Promise<readonly string[]> {
    const { categories: sets = [] } = (await this.record()) ?? {};
    return (sets.at(-1)?.ids ?? []).map((id) => categoryNames.get(id) ?? id);
  }

  async close(): Promise<void> {
    // The time-skipping server waits for ever for work of a terminated thread.
    await this.time.calm();
    await this.watch.end();
    await endDirectory(this.server);
    await this.baton.stop();
  }
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { scenario, server, workflowBundle, workers } = options;
  const { business } = scenario;
  const source = business.sources[scenario.source];
  if (!source) throw new Error(`no source ${scenario.source}`);
  if (server.skipsTime) await server.sleepUntil(nextMonday(await server.now()));
  const account = newState();
  account.clock_offset = (await server.now()) - Date.now();
  const known = account.sources[source.id];
  if (known) known.time_for_thread_inclusion = Math.round(source.threadInclusionDelay / 1_000);
  const baton = await startWholeBaton({
    ...{ temporal: server, business, workflowBundle },
    simulator: { account },
    now: () => Date.now() + account.clock_offset,
    workers,
    ...(restartsWorker(scenario) && { cachedThreads: 0 }),
  });
  await baton.startWorkers();
  while (account.webhooks[webhookId]?.webhook_status !== 'enabled') {
    await pause(10);
  }
  await readDirectory(server, business);
  return new Session(options, source.id, baton, account);
}

/** Monday 09:00 UTC: every scenario in simulated time begins then. */
function nextMonday(time: number): number {
  const at = new Date(time);
  at.setUTCHours(9, 0, 0, 0);
  do at.setUTCDate(at.getUTCDate() + 1);
  while (at.getUTCDay() !== 1);
  return at.getTime();
}

/** The time-skipping server waits for ever for a worker that had a thread cached and is gone. */
export function restartsWorker({ steps }: Scenario): boolean {
  return steps.some(({ value }) => 'restart' in value && value.restart === 'worker');
}
