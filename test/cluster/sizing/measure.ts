/** What turns and idle threads cost a cluster, measured: bytes, CPU, transactions, events, actions, calls. */
import { cpuOfFamily } from '../../harness/process-cost.js';
import { inBatches } from '../../harness/until.js';
import type { Context } from '../../bench/bench.js';
import { Customer } from '../customers.js';
import { historyOf } from '../../harness/outcome/histories.js';
import { openProduction, untilSettled, type Production } from '../production.js';
import { databases } from '../temporal-config.js';
import { actionsIn } from './actions.js';

const size = { threads: 300, turnsEach: 4, atATime: 20 };

export type Measured = {
  readonly threads: number;
  readonly turns: number;
  /** Of a thread that is open after its first turn: in both databases, indexes and all. */
  readonly bytesOfThread: number;
  /** Each of a further turn. */
  readonly bytes: number;
  readonly walBytes: number;
  readonly transactions: number;
  readonly events: number;
  readonly actions: number;
  readonly deliveries: number;
  readonly calls: number;
  /** Milliseconds. */
  readonly cpu: { readonly [role in Role]: number };
};

const roles = ['worker', 'ingress', 'Temporal', 'PostgreSQL'] as const;
export type Role = (typeof roles)[number];

export async function measure(context: Context): Promise<Measured> {
  const config = 'test/cluster/sizing/usual-business.ts';
  const production = await openProduction(context, { config });
  const { platform } = production;
  const people = Array.from(
    { length: size.threads },
    (_, at) => new Customer(platform, `customer-${at}`),
  );
  const warm = [new Customer(platform, 'warm-1'), new Customer(platform, 'warm-2')];
  await Promise.all(warm.map((one) => one.asks()));
  const empty = await bytesIn(production);
  await inBatches(people, size.atATime, (one) => one.asks());
  await untilSettled(platform, 60_000);
  // What is looked at costs something too: nothing of it falls between the two looks at what was used.
  const keptBefore = await keptOf(production, people);
  const usedBefore = await usedBy(production);
  for (let turn = 0; turn < size.turnsEach; turn += 1) {
    await inBatches(people, size.atATime, (one) => one.asks());
  }
  await untilSettled(platform, 60_000);
  const usedAfter = await usedBy(production);
  const keptAfter = await keptOf(production, people);
  const turns = size.threads * size.turnsEach;
  const used = (of: (at: Used) => number) => (of(usedAfter) - of(usedBefore)) / turns;
  const kept = (of: (at: Kept) => number) => (of(keptAfter) - of(keptBefore)) / turns;
  const cpu = Object.fromEntries(roles.map((role) => [role, used((at) => at.cpu[role])]));
  return {
    ...{ threads: size.threads, turns },
    bytesOfThread: (keptBefore.bytes - empty) / size.threads,
    bytes: kept((at) => at.bytes),
    events: kept((at) => at.events),
    actions: kept((at) => at.actions),
    walBytes: used((at) => at.walBytes),
    transactions: used((at) => at.transactions),
    deliveries: used((at) => at.deliveries),
    calls: used((at) => at.calls),
    cpu: cpu as Measured['cpu'],
  };
}

type Used = Pick<Measured, 'cpu' | 'walBytes' | 'transactions' | 'deliveries' | 'calls'>;
type Kept = Pick<Measured, 'events' | 'actions' | 'bytes'>;

async function usedBy(production: Production): Promise<Used> {
  const { platform, cluster, workers, ingresses } = production;
  const all = async (programs: typeof workers) =>
    (await Promise.all(programs.map(cpuOfFamily))).reduce((sum, one) => sum + one, 0);
  const cpu = {
    worker: await all(workers),
    ingress: await all(ingresses),
    Temporal: await cpuOfFamily(cluster.temporal.program),
    PostgreSQL: await cpuOfFamily(cluster.postgres.program),
  };
  const { attempts, requests } = platform.account;
  const counters = await countersOf(production);
  return { cpu, ...counters, deliveries: attempts.length, calls: requests.length };
}

async function keptOf(production: Production, people: readonly Customer[]): Promise<Kept> {
  const counts = { events: 0, actions: 0 };
  await inBatches(people, 10, async ({ threadId }) => {
    const history = await historyOf(production.workflows, threadId);
    counts.events += history.length;
    counts.actions += actionsIn(history);
  });
  return { ...counts, bytes: await bytesIn(production) };
}

async function countersOf({ cluster: { postgres } }: Production) {
  const names = Object.values(databases).map((name) => `'${name}'`);
  const [row] = await postgres.ask(
    'postgres',
    `SELECT pg_current_wal_lsn() - '0/0' AS wal, sum(xact_commit) AS transactions
     FROM pg_stat_database WHERE datname IN (${names.join(', ')})`,
  );
  return { walBytes: Number(row?.['wal']), transactions: Number(row?.['transactions']) };
}

/** Written anew without gaps: what is there, not what was. */
async function bytesIn({ cluster: { postgres } }: Production): Promise<number> {
  let bytes = 0;
  for (const name of Object.values(databases)) {
    await postgres.ask(name, 'VACUUM FULL');
    const [row] = await postgres.ask(name, `SELECT pg_database_size('${name}') AS bytes`);
    bytes += Number(row?.['bytes']);
  }
  return bytes;
}
