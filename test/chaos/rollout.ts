/**
 * A rollout of new worker versions while a hundred customers write: from workers without a version to v1, and
 * from v1 to v2, whose workflows differ behind `patched()`, first for a quarter of the threads. Then v3, whose
 * workflows differ without `patched()`: its threads must stop, and v2 must continue them.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inBatches, until } from '../harness/until.js';
import { outcomeOf, type Customer } from '../cluster/customers.js';
import { historyOf, versionOf, versionsIn } from '../harness/outcome/histories.js';
import { openProduction, untilSettled, type Production } from '../cluster/production.js';
import type { Program } from '../harness/program.js';
import { buildRelease, createCustomers, startRelease } from './releases.js';
import { countedIn } from './results.js';
import type { Cell, Findings, Slice, Context } from './slice.js';

const customersAtOnce = 100;
const newcomers = 10;
const deploymentName = 'baton';
const run = promisify(execFile);

export const rollout: Slice = {
  name: 'rollout',
  shows: 'workers of a new version take over 100 live threads, and a broken one is taken back',
  within: 9 * 60_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const rolling = new Rollout(context, await openProduction(context, { ingresses: 1, workers: 0 }));
  await rolling.prepare();
  const live = await rolling.upgradeWhileTheyTalk();
  const { wentOn, notes } = await rolling.whatRanOn(live);
  const counts = countedIn(await outcomeOf(rolling.production, live));
  const cell: Cell = { what: 'none → v1 → v2', struck: 3, ...counts };
  if (!wentOn) throw new Error(`threads did not go on with v2: ${notes.join('; ')}`);
  return { cells: [cell, ...(await rolling.breakAndMend())], notes };
}

class Rollout {
  readonly #context: Context;
  readonly production: Production;
  #bundles: readonly [present: string, guarded: string, unguarded: string] = ['', '', ''];

  constructor(context: Context, production: Production) {
    this.#context = context;
    this.production = production;
  }

  async prepare(): Promise<void> {
    const { folder } = this.production.cluster;
    this.#bundles = [
      this.#context.workflowBundle.codePath,
      await buildRelease(folder, 'guarded'),
      await buildRelease(folder, 'unguarded'),
    ];
  }

  /** @returns the customers who have written meanwhile; their conversations have ended */
  async upgradeWhileTheyTalk(): Promise<readonly Customer[]> {
    const [present, guarded] = this.#bundles;
    const old = await this.#worker('none', present);
    const live = this.#customers('live', customersAtOnce);
    await inBatches(live, 20, (one) => one.asks());
    const over = new AbortController();
    this.#context.atTheEnd(() => {
      over.abort();
      return Promise.resolve();
    });
    const pause = () => 8_000 + 12_000 * this.#context.chance.next();
    const talking = live.map((one) => one.keepsAsking(over.signal, pause));

    const v1 = await this.#worker('v1', present);
    await this.#rollOut('v1');
    await this.#untilAll(live, 'v1');
    await old.end();
    await this.#worker('v2', guarded);
    await this.#rollOut('v2', '--percent', '25');
    await until('threads on the ramp', async () => {
      const versions = await this.#newest(live);
      return versions.includes('v2') && versions.includes('v1') ? true : undefined;
    });
    await this.#rollOut('v2');
    await this.#untilAll(live, 'v2');
    await v1.end();
    over.abort();
    await Promise.all(talking);
    const fresh = this.#customers('fresh', newcomers);
    await Promise.all(fresh.map((one) => one.asks()));
    const all = [...live, ...fresh];
    await inBatches(all, 20, (one) => one.thanks());
    await untilSettled(this.production.platform, 30_000);
    return all;
  }

  /** Threads stop on v3; v2 continues them. */
  async breakAndMend(): Promise<readonly Cell[]> {
    const { platform } = this.production;
    const victims = this.#customers('victim', newcomers);
    await Promise.all(victims.map((one) => one.asks()));
    const v3 = await this.#worker('v3', this.#bundles[2]);
    await this.#rollOut('v3');
    await Promise.all(victims.map((one) => one.asks(15_000)));
    const answered = victims.filter(({ turns }) => {
      const last = turns.at(-1);
      return last && platform.repliesTo(last.contentId).length > 0;
    });
    const silent = victims.length - answered.length;
    const base = { ...nothing, turns: victims.length };
    const what = 'negative control: v3 without patched()';
    const broken: Cell = {
      ...base,
      what,
      struck: 1,
      unanswered: silent,
      negativeControl: 'unanswered',
    };
    await this.#rollOut('v2');
    await v3.end();
    await Promise.all(victims.map((one) => one.untilAllAnswered()));
    await Promise.all(victims.map((one) => one.thanks()));
    await untilSettled(platform, 30_000);
    const counts = countedIn(await outcomeOf(this.production, victims));
    return [broken, { what: 'taken back: v3 → v2', struck: 1, ...counts }];
  }

  /** Number of threads for each sequence of versions. */
  async whatRanOn(
    customers: readonly Customer[],
  ): Promise<{ readonly wentOn: boolean; readonly notes: readonly string[] }> {
    const paths = new Map<string, number>();
    await inBatches(customers, 10, async ({ threadId }) => {
      const versions = versionsIn(await historyOf(this.production.workflows, threadId));
      const path = versions.map((version) => version || 'none').join(' → ');
      paths.set(path, (paths.get(path) ?? 0) + 1);
    });
    const notes = [...paths].map(([path, count]) => `${count} threads ran on ${path}`);
    return { wentOn: [...paths.keys()].every((path) => path.endsWith('v2')), notes };
  }

  #customers(name: string, count: number): readonly Customer[] {
    return createCustomers(this.production.platform, name, count);
  }

  #worker(buildId: string, workflowBundle: string): Promise<Program> {
    const { cluster, platform } = this.production;
    const version = { BATON_DEPLOYMENT_NAME: deploymentName, BATON_BUILD_ID: buildId };
    const on = { ...cluster, platform };
    return startRelease(this.#context, on, {
      ...{ name: buildId, workflowBundle },
      ...(buildId !== 'none' && { env: version }),
    });
  }

  /** Runs the command that operators use. */
  async #rollOut(...args: readonly string[]): Promise<void> {
    const { address } = this.production.cluster.temporal;
    const named = { TEMPORAL_ADDRESS: address, BATON_DEPLOYMENT_NAME: deploymentName };
    const env = { ...process.env, ...named };
    await run(process.execPath, ['--import', 'tsx', 'cli/rollout/main.ts', ...args], { env });
  }

  async #newest(customers: readonly Customer[]): Promise<readonly string[]> {
    const newest: string[] = [];
    await inBatches(customers, 20, async ({ threadId }) => {
      newest.push(await versionOf(this.production.workflows, threadId));
    });
    return newest;
  }

  async #untilAll(customers: readonly Customer[], buildId: string): Promise<void> {
    const areThere = async () => (await this.#newest(customers)).every((one) => one === buildId);
    const look = async () => ((await areThere()) ? true : undefined);
    await until(`all threads on ${buildId}`, look, { within: 180_000, every: 1_000 });
  }
}

const nothing = {
  ...{ turns: 0, acknowledged: 0, lost: 0, unanswered: 0, twice: 0, halfOpen: 0, ambiguous: 0 },
};
