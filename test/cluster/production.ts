/**
 * Baton as in production, on a cluster: workers and ingresses as processes, a load balancer before the
 * ingresses, and the platform with its customers in this process.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection, WorkflowClient } from '@temporalio/client';
import type { Context } from '../bench/bench.js';
import type { Platform } from '../harness/platform.js';
import type { Cleanup, Program } from '../harness/program.js';
import { startIngress, startWorker } from '../harness/roles.js';
import { openStackOf } from '../harness/stack.js';
import { openCluster, type Cluster } from './cluster.js';

export type Production = {
  readonly cluster: Cluster;
  readonly platform: Platform;
  readonly workers: readonly Program[];
  readonly ingresses: readonly Program[];
  /** Temporal client of the harness, for assertions. */
  readonly workflows: WorkflowClient;
};

export type ProductionOptions = {
  readonly workers?: number;
  readonly ingresses?: number;
  readonly config?: string;
};

const usualConfig = 'test/cluster/business.ts';
/** Divides the platform's delays before it sends again (3 s instead of 32): a run lasts minutes. */
const timeScale = 10;

export async function openProduction(
  context: Context,
  { workers = 2, ingresses = 2, config = usualConfig }: ProductionOptions = {},
): Promise<Production> {
  const cluster = await openCluster(context);
  const { temporal } = cluster;
  const role = (name: string) => roleOn(cluster, name, config);
  const { codePath: workflowBundle } = context.workflowBundle;
  const { platform, ...open } = await openStackOf(context, {
    ingresses: numbered('ingress', ingresses).map(
      (name) => () => startIngress(context, role(name)),
    ),
    workers: numbered('worker', workers).map(
      (name) => (engageUrl: string) =>
        startWorker(context, { ...role(name), engageUrl, workflowBundle }),
    ),
    platform: { timeScale, exportDelay: 20 },
  });
  const workflows = await connectForAssertions(context, temporal.address);
  const programs = open.ingresses.map(({ program }) => program);
  return { cluster, platform, workflows, workers: open.workers, ingresses: programs };
}

/** Where a role runs: its Temporal server, and the folder of its log. */
export type Surroundings = {
  readonly folder: string;
  readonly temporal: { readonly address: string };
};

/** Options of a role that runs there and logs into its folder. */
export function roleOn({ folder, temporal }: Surroundings, name: string, config = usualConfig) {
  return { name, config, temporal, logPath: join(folder, `${name}.log`) };
}

function numbered(name: string, of: number): readonly string[] {
  return Array.from({ length: of }, (_, index) => `${name}-${index + 1}`);
}

export async function connectForAssertions(
  cleanup: Cleanup,
  address: string,
): Promise<WorkflowClient> {
  const connection = await Connection.connect({ address });
  cleanup.atTheEnd(() => connection.close());
  return new WorkflowClient({ connection, namespace: 'default' });
}

/** Resolves when no delivery is pending and nothing new has been posted for four seconds, or after `within`. */
export async function untilSettled({ account }: Platform, within: number): Promise<void> {
  const end = performance.now() + within;
  let [still, last] = [0, ''];
  while (still < 8 && performance.now() < end) {
    const now = `${account.deliveries.length} ${Object.keys(account.contents).length}`;
    still = now === last && account.deliveries.length === 0 ? still + 1 : 0;
    last = now;
    await pause(500);
  }
}
