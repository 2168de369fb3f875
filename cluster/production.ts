/**
 * Baton as production runs it, on a cluster: workers and ingresses in processes of their own, a load
 * balancer before the ingresses, and the platform with its customers in this one.
 */
import { join } from 'node:path';
import { Connection, WorkflowClient } from '@temporalio/client';
import { inPortions } from '../bench/patience.js';
import { script } from '../bench/business.js';
import type { Stage } from '../bench/bench.js';
import type { ThreadCard } from '../workflows/contract.js';
import { startRoundRobin } from './balancer.js';
import { openCluster, type Cluster } from './cluster.js';
import type { Customer } from './customers.js';
import { cardWhenStill, eventsIn, historyOf } from './histories.js';
import { openPlatform, type ClusterPlatform } from './platform.js';
import type { Program } from './program.js';
import { startIngress, startWorker } from './roles.js';
import { count, type Counts } from './verdict.js';

export type Production = {
  readonly cluster: Cluster;
  readonly platform: ClusterPlatform;
  readonly workers: readonly Program[];
  readonly ingresses: readonly Program[];
  /** Of this process, to look with. */
  readonly workflows: WorkflowClient;
};

export type ProductionOptions = {
  readonly workers?: number;
  readonly ingresses?: number;
  /** Something naive in its place. */
  readonly workerScript?: string;
  readonly ingressScript?: string;
  /** Variables of all roles, other than usual. */
  readonly env?: Readonly<Record<string, string>>;
};

export async function openProduction(
  stage: Stage,
  { workers = 2, ingresses = 2, env = {}, ...scripts }: ProductionOptions = {},
): Promise<Production> {
  const cluster = await openCluster(stage);
  const { folder, temporal } = cluster;
  const workflowBundle = join(process.cwd(), stage.workflowBundle.codePath);
  const options = { folder, temporalAddress: temporal.address, workflowBundle, env };
  const open = await Promise.all(
    numbered('ingress', ingresses).map((name) =>
      startIngress(stage, { ...options, name, ...scriptOf(scripts.ingressScript) }),
    ),
  );
  const balancer = await startRoundRobin(open.map(({ url }) => url));
  stage.atTheEnd(() => balancer.close());
  const platform = await openPlatform(stage, `${balancer.url}/webhooks/engage`);
  const running = await Promise.all(
    numbered('worker', workers).map((name) =>
      startWorker(stage, platform.url, { ...options, name, ...scriptOf(scripts.workerScript) }),
    ),
  );
  const workflows = await lookingAt(stage, temporal.address);
  const programs = { workers: running, ingresses: open.map(({ program }) => program) };
  return { cluster, platform, workflows, ...programs };
}

function numbered(name: string, of: number): readonly string[] {
  return Array.from({ length: of }, (_, index) => `${name}-${index + 1}`);
}

function scriptOf(script: string | undefined): { readonly script?: string } {
  return script === undefined ? {} : { script };
}

export async function lookingAt(
  stage: Pick<Stage, 'atTheEnd'>,
  address: string,
): Promise<WorkflowClient> {
  const connection = await Connection.connect({ address });
  stage.atTheEnd(() => connection.close());
  return new WorkflowClient({ connection, namespace: 'default' });
}

/** How everybody fared so far. */
export async function fared(
  { platform, workflows }: Pick<Production, 'platform' | 'workflows'>,
  customers: readonly Customer[],
  /** Deliveries of another time are not theirs. */
  fromAttempt = 0,
): Promise<Counts> {
  const heard = new Map<string, ReadonlySet<string>>();
  const cards = new Map<string, ThreadCard>();
  await inPortions(customers, 20, async ({ threadId }) => {
    const card = await cardWhenStill(workflows, threadId);
    if (card) cards.set(threadId, card);
    const told = eventsIn(await historyOf(workflows, threadId));
    heard.set(threadId, new Set(told.map(({ id }) => id)));
  });
  const { contents, threads } = platform.account;
  const theirs = new Set(customers.map(({ threadId }) => threadId));
  const ofTheirs = <T extends { thread_id: string }>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([, { thread_id: id }]) => theirs.has(id)));
  const attempts = platform.account.attempts
    .slice(fromAttempt)
    .map((one) => ({ ...one, events: one.events.filter((event) => isIn(theirs, event)) }));
  const account = { contents: ofTheirs(contents), threads, attempts };
  const asked = customers.filter(({ hasAskedForAHuman }) => hasAskedForAHuman);
  const handedOver = asked.map(({ threadId }) => threadId);
  const turns = customers.flatMap((customer) => customer.turns);
  return count({ account, turns, handedOver, heard, cards, farewell: script.farewell });
}

function isIn(theirs: ReadonlySet<string>, event: { readonly thread_id: string | null }): boolean {
  return event.thread_id !== null && theirs.has(event.thread_id);
}

/** Everything the platform has to deliver was taken, or given up, and nothing is posted any more. */
export async function untilSettled({ account }: ClusterPlatform, within: number): Promise<void> {
  const end = performance.now() + within;
  let [still, last] = [0, ''];
  while (still < 8 && performance.now() < end) {
    const now = `${account.deliveries.length} ${Object.keys(account.contents).length}`;
    still = now === last && account.deliveries.length === 0 ? still + 1 : 0;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
