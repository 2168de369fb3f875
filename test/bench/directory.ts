/**
 * What it costs to know who may answer where, on an account of 10,000 people and 200 sources.
 *
 * Measured: the calls of a refresh; what the directory carries and how long its history gets with a
 * second refresh; the calls that asking who is there adds to a handover, as the difference to handovers
 * of a source that does not ask, in turns; and the query of such a decision, about 500 people who are
 * connected, in turns with a query that answers at once. Not measured: how long a refresh takes on a real
 * account, which the account's call limit decides.
 */
import { startWholeBaton, type WholeBaton } from '../../local/baton.js';
import { directoryPlan } from '../../settings/directory-plan.js';
import type { BusinessSettings } from '../../settings/business.js';
import { categories, channels, domainId } from '../../simulator/seed.js';
import type { State } from '../../simulator/state.js';
import { directoryIn, refreshIn } from '../../temporal/directory.js';
import { keepDirectory } from '../../temporal/directory-schedule.js';
import {
  describeDirectory,
  directoryWorkflowId,
  mayAnswer,
  phaseQuery,
  threadWorkflowId,
  type DirectoryView,
} from '../../workflows/contract/index.js';
import { Client } from '@temporalio/client';
import type { Bench, Figure, Findings, Context } from './bench.js';
import { benchBusiness, sourceLike } from './business.js';
import { costOf } from './cost.js';
import { largeAccount, sourcesOf } from './large-account.js';
import { until } from '../harness/until.js';
import { inTurns } from './rounds.js';
import { median, percentile, ratio } from './statistics.js';
import { openServer, type TemporalServer } from '../harness/temporal-server.js';

const size = { people: 10_000, sources: 200 };
const connected = 500;
const handovers = 4;
const queries = 40;

export const directory: Bench = {
  name: 'directory',
  measures: `${size.people} people on ${size.sources} sources`,
  within: 200_000,
  run: measure,
};

type Scene = {
  readonly server: TemporalServer;
  readonly baton: WholeBaton;
  readonly business: BusinessSettings;
  /** Two sources that are alike, but that only the first asks who is there. */
  readonly asking: string;
  readonly silent: string;
  readonly agentIds: readonly string[];
  readonly calls: () => number;
};

async function measure(context: Context): Promise<Findings> {
  const scene = await open(context);
  const { view, took } = await refresh(scene);
  const figures = [
    ...(await sizes(scene, view)),
    ...(await callsOfADecision(scene)),
    ...(await timesOfAQuery(scene)),
  ];
  const notes = [`a refresh took ${Math.round(took / 1_000)} s here, with no limit on calls`];
  return { figures, notes };
}

async function open(context: Context): Promise<Scene> {
  const account = largeAccount(size);
  const [, , asking = '', silent = ''] = Object.keys(account.sources);
  const agentIds = connect(account, asking);
  const all = Object.entries(sourcesOf(account, { ...sourceLike, availability: 'ask' }));
  const sources = all.map(([name, source]) =>
    source.id === silent
      ? ([name, { ...source, availability: 'ignore' as const }] as const)
      : ([name, source] as const),
  );
  const quick = { callsPerMinute: 6_000_000, availabilityFor: '0s' };
  const business = benchBusiness({ sources: Object.fromEntries(sources), directory: quick });
  const server = await openServer(context);
  let calls = 0;
  const baton = await startWholeBaton({
    ...{ temporal: server, business, workflowBundle: context.workflowBundle },
    simulator: { account, onExchange: () => void (calls += 1) },
  });
  context.atTheEnd(() => baton.stop());
  await baton.startWorkers();
  return { server, baton, business, asking, silent, agentIds, calls: () => calls };
}

/** So many who may reply there sit at their desks. */
function connect(account: State, sourceId: string): readonly string[] {
  const may = Object.values(account.users).filter((user) => user.sources[sourceId]);
  const some = may.filter(({ category_ids: of }) => of.includes(categories.agent));
  const ids = some.slice(0, connected).map(({ id }) => id);
  for (const id of ids) {
    const available = { status: 'available', busyness: 'unoccupied' } as const;
    account.agentStatuses[id] = { [channels.realtime]: { ...available } };
  }
  return ids;
}

async function refresh({ server, business }: Scene) {
  const at = { connection: server.nativeConnection, namespace: 'default' };
  const client = new Client(at);
  const still = () =>
    until(
      'a directory that is read',
      async () => {
        const view = await directoryIn(client);
        return view?.isRefreshing === false ? view : undefined;
      },
      { within: 120_000 },
    );
  const keeping = directoryPlan(business);
  let view: DirectoryView = { isRefreshing: true, calls: 0 };
  const { wall: took } = await costOf(async () => {
    await keepDirectory(at, keeping);
    view = await still();
  });
  await refreshIn(client, { by: 'bench', plan: keeping.plan });
  await still();
  return { view, took };
}

async function sizes({ server }: Scene, view: DirectoryView): Promise<readonly Figure[]> {
  const { people, sources, calls, size: carried } = view.lastGood ?? {};
  if (people === undefined || sources === undefined) throw new Error('the directory is not read');
  const runs = await runsOf(server);
  const most = (of: readonly number[]) => Math.max(...of);
  return [
    { what: 'people known', value: people, unit: 'people' },
    { what: 'sources known', value: sources, unit: 'sources' },
    { what: 'calls of a refresh', value: calls ?? NaN, unit: 'calls' },
    { what: 'what is carried', value: carried ?? NaN, unit: 'bytes' },
    { what: 'longest history', value: most(runs.map((run) => run.bytes)), unit: 'bytes' },
    { what: 'most events in one', value: most(runs.map((run) => run.events)), unit: 'events' },
  ];
}

/** Each run that continue-as-new made of the directory has a history of its own. */
async function runsOf({ workflows }: TemporalServer) {
  const runs: { readonly bytes: number; readonly events: number }[] = [];
  const query = `WorkflowId = '${directoryWorkflowId}'`;
  for await (const { runId } of workflows.list({ query })) {
    const run = await workflows.getHandle(directoryWorkflowId, runId).describe();
    runs.push({ bytes: run.historySize ?? NaN, events: run.historyLength });
  }
  return runs;
}

async function callsOfADecision(scene: Scene): Promise<readonly Figure[]> {
  let customers = 0;
  const side = (source: string) => () => handOver(scene, source, `bench-${(customers += 1)}`);
  const sides = { a: side(scene.asking), b: side(scene.silent) };
  const { a, b } = await inTurns(handovers, sides);
  const value = median(a) - median(b);
  return [
    { what: 'calls of a handover that asks nobody', value: median(b), unit: 'calls' },
    { what: 'more when it asks who is there', value, unit: 'calls', goal: { pass: 1 } },
  ];
}

/** @returns the calls from the customer's wish until the thread is with humans and its outbox is empty */
async function handOver(
  { server, baton, calls }: Scene,
  source: string,
  identity: string,
): Promise<number> {
  const before = calls();
  const said = { source, identity, body: 'a human, please' };
  const { thread_id: thread } = await baton.control.customer(said);
  const workflow = server.workflows.getHandle(threadWorkflowId(domainId, thread));
  let last = -1;
  await until(
    'a handover',
    async () => {
      const phase = await workflow.query(phaseQuery).catch(() => undefined);
      const now = calls();
      const isStill = phase === 'handover' && now === last;
      last = now;
      return isStill ? true : undefined;
    },
    { every: 1_000 },
  );
  return calls() - before;
}

async function timesOfAQuery(scene: Scene): Promise<readonly Figure[]> {
  const { asking: sourceId, agentIds, server } = scene;
  const handle = server.workflows.getHandle(directoryWorkflowId);
  const question = { sourceId, categoryId: categories.agent, teamIds: [], agentIds };
  const time = async (ask: () => Promise<unknown>) => (await costOf(ask)).wall;
  const { a, b } = await inTurns(queries, {
    a: () => time(() => handle.query(mayAnswer, question)),
    b: () => time(() => handle.query(describeDirectory)),
  });
  const what = `a decision’s query about ${agentIds.length} people`;
  return [
    { what: `${what}, p50`, value: median(a), unit: 'ms' },
    { what: `${what}, p99`, value: percentile(a, 0.99), unit: 'ms' },
    {
      what: 'over a query that answers at once, p50',
      value: ratio(median(a), median(b)),
      unit: '×',
    },
  ];
}
