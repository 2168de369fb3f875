/**
 * Baton as production runs it, on a cluster: workers and ingresses in processes of their own, a load
 * balancer before the ingresses, and the platform with its customers in this one.
 */
import { join } from 'node:path';
import { Connection, WorkflowClient } from '@temporalio/client';
import type { Stage } from '../bench/bench.js';
import { startRoundRobin } from './balancer.js';
import { openCluster, type Cluster } from './cluster.js';
import { openPlatform, type ClusterPlatform } from './platform.js';
import type { Program } from './program.js';
import { startIngress, startWorker } from './roles.js';

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
