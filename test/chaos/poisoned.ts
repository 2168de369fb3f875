/**
 * A poisoned release takes over the threads of two sources while their customers write: it cannot replay them,
 * because it has removed a `patched()` too early. The log, the metric, the alert and `baton repair` must say so. The
 * threads of one source are rebuilt by `baton repair` while the release is in place; then the good release comes
 * back, and the others must go on by themselves. The negative control are those others before that: the
 * release is in place, and nobody repairs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokenList } from '../../api/operator/answers.js';
import { freePort } from '../../local/free-ports.js';
import { secrets } from '../../local/secrets.js';
import { parseText } from '../../runtime/metrics/text.js';
import { outcomeOf, type Customer } from '../cluster/customers.js';
import { roleOn } from '../cluster/production.js';
import { firing, ruleOf, type Scrape } from '../deploy/firing.js';
import { eventsIn } from '../harness/outcome/histories.js';
import type { Platform } from '../harness/platform.js';
import type { Program } from '../harness/program.js';
import { startIngress } from '../harness/roles.js';
import { runCommand } from '../harness/run-command.js';
import { openStackOf } from '../harness/stack.js';
import { openServer, type TemporalServer } from '../harness/temporal-server.js';
import { inBatches, until } from '../harness/until.js';
import { domainId } from '../../simulator/seed.js';
import { threadWorkflowId } from '../../workflows/contract/index.js';
import { buildRelease, createCustomers, startRelease } from './releases.js';
import { countedIn } from './results.js';
import type { Cell, Context, Findings, Slice } from './slice.js';

const config = 'test/chaos/config-for-releases.ts';
/** Of each source. */
const customersEach = 10;
const timeScale = 10;
/** Milliseconds: Temporal's timeout of a task that has failed some times. */
const onByThemselvesWithin = 240_000;

export const poisoned: Slice = {
  name: 'poisoned',
  shows: 'a release that cannot replay 20 threads; half are rebuilt, then it is taken back',
  within: 9 * 60_000,
  run: async (context) => {
    const releases = await Releases.opened(context);
    const { rebuilt, left } = releases;
    const all = [...rebuilt, ...left];
    await inBatches(all, 20, (one) => one.asks());
    await releases.replace('poisoned');
    const isAlertFiring = await releases.watchAlert();
    await Promise.all(all.map((one) => one.writes('my parcel?')));
    const reported = await releases.untilReported(all, isAlertFiring);
    const earlierRuns = await releases.repair(rebuilt);
    const unanswered = left.filter((one) => !releases.hasAnswered(one)).length;
    const counted = await releases.compareCounts();
    await releases.replace('good');
    const went = await afterwards('the rest go on', async () => {
      await Promise.all(left.map((one) => one.untilAllAnswered(onByThemselvesWithin)));
    });
    await Promise.all(all.map((one) => one.asks()));
    await releases.untilNoneIsBroken();
    const counts = await releases.counted(all, earlierRuns);
    return found(counts, unanswered, [...reported, counted, went]);
  },
};

/** @returns a note: how long it took */
async function afterwards(what: string, act: () => Promise<unknown>): Promise<string> {
  const began = performance.now();
  await act();
  return `${what}: after ${Math.round((performance.now() - began) / 1_000)} s`;
}

function found(
  counts: ReturnType<typeof countedIn>,
  unanswered: number,
  notes: readonly string[],
): Findings {
  const none = { acknowledged: 0, lost: 0, twice: 0, halfOpen: 0, ambiguous: 0 };
  const control: Cell = {
    ...{ ...none, struck: 1, turns: customersEach, unanswered, negativeControl: 'unanswered' },
    what: 'negative control: left in place without repair',
  };
  const cell: Cell = { what: 'half rebuilt, then taken back', struck: 1, ...counts };
  return { cells: [cell, control], atLeast: { turns: 3 * 2 * customersEach }, notes };
}

type Stack = {
  readonly folder: string;
  readonly temporal: TemporalServer;
  readonly platform: Platform;
  readonly ingressUrl: string;
};

type Ask = () => Promise<true | undefined>;

class Releases {
  readonly #context: Context;
  readonly #stack: Stack;
  readonly #bundles: { readonly good: string; readonly poisoned: string };
  #worker: Program | undefined;
  #healthUrl = '';
  /** Customers of `chat`, whose threads are rebuilt, and of `messages`. */
  readonly rebuilt: readonly Customer[];
  readonly left: readonly Customer[];

  constructor(context: Context, stack: Stack, good: string) {
    this.#context = context;
    this.#stack = stack;
    this.#bundles = { good, poisoned: context.workflowBundle.codePath };
    const of = (source: string) =>
      createCustomers(stack.platform, source, customersEach, { source, isGreeted: false });
    [this.rebuilt, this.left] = [of('chat'), of('messages')];
  }

  /** With a worker of the good release. */
  static async opened(context: Context): Promise<Releases> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-poisoned-'));
    context.atTheEnd(() => rm(folder, { recursive: true, force: true }));
    const temporal = await openServer(context);
    const env = { BATON_OPERATOR_TOKEN: secrets.BATON_OPERATOR_TOKEN };
    const role = { ...roleOn({ folder, temporal }, 'ingress', config), env };
    const { platform, ingresses } = await openStackOf(context, {
      ingresses: [() => startIngress(context, role)],
      workers: [],
      platform: { timeScale },
    });
    const ingressUrl = `http://${ingresses[0]?.address ?? ''}/`;
    const stack = { folder, temporal, platform, ingressUrl };
    const opened = new Releases(context, stack, await buildRelease(folder, 'guarded'));
    await opened.replace('good');
    return opened;
  }

  /** Ends the worker that runs, and starts one of this release. */
  async replace(name: 'good' | 'poisoned'): Promise<void> {
    await this.#worker?.end();
    const port = await freePort();
    this.#healthUrl = `http://127.0.0.1:${port}`;
    const workflowBundle = this.#bundles[name];
    const env = { BATON_WORKER_HEALTH_PORT: `${port}` };
    this.#worker = await startRelease(this.#context, this.#stack, {
      ...{ name, workflowBundle, config, env },
    });
  }

  hasAnswered({ turns }: Customer): boolean {
    const last = turns.at(-1);
    return last !== undefined && this.#stack.platform.repliesTo(last.contentId).length > 0;
  }

  /** Resolves when log, alert and `baton repair` have reported all these threads. @returns notes: how soon */
  async untilReported(
    customers: readonly Customer[],
    isAlertFiring: Ask,
  ): Promise<readonly string[]> {
    const threads = customers.map(({ threadId }) => threadId);
    const waitFor = (what: string, ask: Ask) =>
      afterwards(what, () => until(what, ask, { every: 1_000 }));
    return Promise.all([
      waitFor('each thread in the log', () => Promise.resolve(this.#areLogged(threads))),
      waitFor('alert BatonThreadsStuck', isAlertFiring),
      waitFor('each thread listed by repair', () => this.#areListed(threads)),
    ]);
  }

  #areLogged(threads: readonly string[]): true | undefined {
    const lines = (this.#worker?.said() ?? '').split('\n').filter((line) => line.startsWith('{'));
    const failures = lines
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
      .filter(({ msg, cause }) => msg === 'workflow task failed' && cause === 'nondeterminism');
    const named = new Set(failures.map(({ threadId }) => threadId));
    return threads.every((id) => named.has(id)) || undefined;
  }

  /** @returns what scrapes the worker's metrics, and asks whether the alert fires */
  async watchAlert(): Promise<Ask> {
    const scrapes = [await this.#scrape()];
    return async () => {
      scrapes.push(await this.#scrape());
      const groups = firing(ruleOf('BatonThreadsStuck'), scrapes).at(-1) ?? [];
      return groups.includes('cause=nondeterminism') || undefined;
    };
  }

  async #scrape(): Promise<Scrape> {
    const text = await (await fetch(`${this.#healthUrl}/metrics`)).text();
    return { at: Date.now(), samples: parseText(text) };
  }

  /** @returns a note: the failures that the worker has counted, and the attempts at the threads that are stuck */
  async compareCounts(): Promise<string> {
    const attempts = (await this.#broken()).map((one) => one.attempts ?? 0);
    const { samples } = await this.#scrape();
    const failures = samples.filter(
      ({ name, labels }) =>
        name === 'baton_workflow_task_failures_total' && labels['cause'] === 'nondeterminism',
    );
    const counted = failures.reduce((sum, { value }) => sum + value, 0);
    return `${counted} failures counted, of all threads; attempts at those still stuck: ${attempts.join(', ')}`;
  }

  async #areListed(threads: readonly string[]): Promise<true | undefined> {
    const listed = new Map((await this.#broken()).map(({ id, is }) => [id, is]));
    return threads.every((id) => listed.get(`${domainId}:${id}`) === 'stuck') || undefined;
  }

  async #broken(): Promise<BrokenList['threads']> {
    const { stdout } = await this.#run('--json');
    return (JSON.parse(stdout) as Pick<BrokenList, 'threads'>).threads;
  }

  /** Runs `baton repair`, as an operator does. */
  async #run(...args: readonly string[]) {
    const url = { BATON_URL: this.#stack.ingressUrl, BATON_TOKEN: secrets.BATON_OPERATOR_TOKEN };
    const env = { ...process.env, ...url };
    const ran = await runCommand(process.execPath, ['cli/baton.mjs', 'repair', ...args], { env });
    if (ran.status !== 0) throw new Error(`baton repair: ${ran.stdout}${ran.stderr}`);
    return ran;
  }

  /** Rebuilds the threads of `chat`. @returns ids of the events that their earlier runs have received */
  async repair(customers: readonly Customer[]): Promise<ReadonlySet<string>> {
    const { workflows } = this.#stack.temporal;
    const handles = customers.map(({ threadId }) =>
      workflows.getHandle(threadWorkflowId(domainId, threadId)),
    );
    const runs = await Promise.all(handles.map((handle) => handle.describe()));
    const why = 'the release cannot replay them';
    await this.#run('--source', 'chat', '--yes', '--why', why, '--per-minute', '600');
    await Promise.all(customers.map((one) => one.untilAllAnswered()));
    const received = new Set<string>();
    for (const { workflowId, runId } of runs) {
      const { events } = await workflows.getHandle(workflowId, runId).fetchHistory();
      for (const { id } of eventsIn(events ?? [])) received.add(id);
    }
    return received;
  }

  async untilNoneIsBroken(): Promise<void> {
    const areNone = async () => (await this.#broken()).length === 0 || undefined;
    await until('no broken thread', areNone, { every: 1_000 });
  }

  /** @param earlier ids of events that runs before the rebuilding have received */
  async counted(customers: readonly Customer[], earlier: ReadonlySet<string>) {
    const { platform, temporal } = this.#stack;
    const run = { platform, workflows: temporal.workflows };
    const counts = await outcomeOf(run, customers, { lookFor: 10_000 });
    const lost = counts.lost.filter(({ id }) => !earlier.has(id));
    return countedIn({ ...counts, lost });
  }
}
