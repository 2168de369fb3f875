/**
 * Faults on a real cluster: PostgreSQL, Temporal, and each worker and ingress are killed and started again
 * while 2,000 turns run. A slice of its own runs a naive ingress that answers 200 first, which must lose
 * events.
 */
import { generateLoad, outcomeOf, type Customer } from '../cluster/customers.js';
import { openProduction, untilSettled, type Production } from '../cluster/production.js';
import { webhookId } from '../../simulator/seed.js';
import { Kills, killsOf, type Kill } from './cluster-kills.js';
import { startHastyIngress } from './negative-controls/hasty-ingress.js';
import { countedIn } from './results.js';
import type { Cell, Findings, Slice, Context } from './slice.js';

const ours = { turns: 2_000, atATime: 60, turnsEach: 5 };
const naive = { turns: 120, atATime: 40, turnsEach: 3, waitLimit: 15_000 };

export const cluster: Slice = {
  name: 'cluster',
  shows: 'PostgreSQL, Temporal, workers and ingresses killed in turn while 2,000 turns run',
  within: 600_000,
  run: measure,
};

export const hastyOnCluster: Slice = {
  name: 'hasty',
  shows: 'a naive ingress on the cluster, which the same count must catch',
  within: 300_000,
  run: async (context) => {
    const cells = [await withHastyIngress(context, await openProduction(context))];
    return { cells, notes: [] };
  },
};

async function measure(context: Context): Promise<Findings> {
  const production = await openProduction(context);
  const kills = new Kills(killsOf(production), ours.turns);
  const began = performance.now();
  const customers = await underFire(production, kills, ours);
  const took = performance.now() - began;
  const counted = countedIn(await outcomeOf(production, customers));
  const cell = { what: 'SIGKILL: each in turn', struck: kills.struck.length, ...counted };
  return {
    cells: [cell],
    atLeast: { turns: ours.turns },
    notes: notesOf(kills, took, customers.length),
  };
}

async function underFire(
  { platform }: Production,
  kills: Kills,
  size: typeof ours & { readonly waitLimit?: number; readonly names?: string },
): Promise<readonly Customer[]> {
  const { customers } = await generateLoad(platform, {
    ...size,
    onTurn: (done) => kills.strikeAt(done),
  });
  await kills.over();
  await untilSettled(platform, 60_000);
  return customers;
}

/** Two kills of Temporal are enough to lose acknowledged events. */
async function withHastyIngress(context: Context, production: Production): Promise<Cell> {
  const { platform, cluster: servers } = production;
  const webhook = platform.account.webhooks[webhookId];
  if (!webhook) throw new Error('the platform has no webhook');
  const hasty = await startHastyIngress(webhook.url);
  context.atTheEnd(() => hasty.close());
  webhook.url = hasty.url;
  const program = servers.temporal.program;
  const plan: readonly Kill[] = [program, program].map((one) => ({
    whom: one.name,
    programs: [one],
  }));
  const kills = new Kills(plan, naive.turns);
  const before = platform.account.attempts.length;
  const customers = await underFire(production, kills, { ...naive, names: 'hasty' });
  const since = { fromAttempt: before, lookFor: 5_000 };
  const counts = countedIn(await outcomeOf(production, customers, since));
  const what = 'negative control: an ingress that says 200 first';
  return { what, struck: kills.struck.length, ...counts, negativeControl: 'lost' };
}

function notesOf({ struck, back }: Kills, took: number, conversations: number): readonly string[] {
  const times = new Map<string, number>();
  for (const { whom } of struck) times.set(whom, (times.get(whom) ?? 0) + 1);
  const killed = [...times].map(([whom, count]) => `${whom} ${count}×`).join(', ');
  const slowest = Math.max(0, ...back) / 1_000;
  return [
    `killed: ${killed}; away for 2 s each, and back ${slowest.toFixed(1)} s later at most`,
    `${conversations} conversations in ${Math.round(took / 1_000)} s, each handed over to humans at its end`,
  ];
}
