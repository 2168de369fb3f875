/**
 * Where one scenario is played: Baton whole with the scenario's business, a simulated account of its
 * own, one customer after the other, and the time they live in.
 */
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
import { startWholeBaton, type WholeBaton } from '../../local/baton.js';

export type StageOptions = {
  readonly scenario: Scenario;
  readonly server: Server;
  readonly workflowBundle: WorkersOptions['workflowBundle'];
  /** The server's, where one scenario after the other is played on it. */
  readonly workers?: SharedWorkers | undefined;
};

const categoryNames = new Map(
  Object.entries(categories).map(([name, id]): [string, string] => [id, name]),
);

export class Stage {
  readonly domainId = domainId;
  readonly sourceId: string;
  readonly server: Server;
  readonly baton: WholeBaton;
  readonly watch: Watch;
  readonly time: Time;
  readonly beganAt: number;
  isOutage = false;
  /** Who writes now, the thread of whom it is, and the thread of the words before. */
  customer = '';
  thread = '';
  threadBefore = '';
  /** How many replies were there at the last thing somebody did, and how many are checked since. */
  heard = 0;
  #customers = 0;

  constructor({ server }: StageOptions, sourceId: string, baton: WholeBaton, account: State) {
    this.server = server;
    this.sourceId = sourceId;
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

  /** Somebody wrote into this thread: from now on it is what the steps are about. */
  follow(thread: string): void {
    this.threadBefore = this.thread;
    this.thread = thread;
    this.watch.add(thread);
  }

  async record(): Promise<ThreadRecord | undefined> {
    return this.thread === '' ? undefined : this.baton.control.record(this.thread);
  }

  /** What the bot has said in this thread, oldest first. */
  async replies(): Promise<readonly string[]> {
    const { contents = [] } = (await this.record()) ?? {};
    return contents.filter(({ by }) => by.startsWith('bot:')).map(({ body }) => body);
  }

  /** The names of the thread's own categories now. */
  async categories(): Promise<readonly string[]> {
    const { categories: sets = [] } = (await this.record()) ?? {};
    return (sets.at(-1)?.ids ?? []).map((id) => categoryNames.get(id) ?? id);
  }

  async close(): Promise<void> {
    // The time-skipping server waits for ever for what a thread had in hand when it was terminated.
    await this.time.calm();
    await this.watch.end();
    await endDirectory(this.server);
    await this.baton.stop();
  }
}

export async function setStage(options: StageOptions): Promise<Stage> {
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
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await readDirectory(server, business);
  return new Stage(options, source.id, baton, account);
}

/** Nine o'clock (UTC) on the Monday after: where time can be chosen, every scenario begins then. */
function nextMonday(time: number): number {
  const at = new Date(time);
  at.setUTCHours(9, 0, 0, 0);
  do at.setUTCDate(at.getUTCDate() + 1);
  while (at.getUTCDay() !== 1);
  return at.getTime();
}

/** The time-skipping server waits for ever for a worker that held a thread in memory and is gone. */
export function restartsWorker({ steps }: Scenario): boolean {
  return steps.some(({ value }) => 'restart' in value && value.restart === 'worker');
}
