/**
 * The stack that chaos breaks: Temporal's server with its state in a file, two workers, and two ingresses
 * behind a load balancer, all as processes; the platform is in this process.
 */
import { startRestartableServer } from '../../local/development-server.js';
import type { Server } from '../../local/server.js';
import type { Platform } from '../harness/platform.js';
import { openStackOf } from '../harness/stack.js';
import type { Context } from './slice.js';
import { openIngress, openWorker, type IngressSlot, type Scripts, type Slot } from './slots.js';

export type Stack = {
  readonly server: Server;
  readonly platform: Platform;
  /** Two; a fault strikes the worker that comes to the point first. */
  readonly workers: readonly Slot[];
  /** Two; a fault strikes the first. */
  readonly ingresses: readonly IngressSlot[];
};

/** Naive scripts that replace a role. */
export type Naive = {
  readonly worker?: string;
  readonly ingress?: string;
  /** Only the first slot is naive, until its process is replaced. */
  readonly isFirstOnly?: boolean;
};

const ours = { worker: 'worker/main.ts', ingress: 'api/main.ts' } as const;

/** Divides the platform's delays before it sends a delivery again. */
const timeScale = 20;
/** Continue-as-new after every turn or two. */
const shortRuns = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=40'];

export async function openStack(context: Context, naive: Naive = {}): Promise<Stack> {
  const server = await openServer(context);
  const temporal = server.address;
  const stack = await openStackOf(context, {
    ingresses: scriptsOf('ingress', naive).map(
      (scripts) => () => openIngress(context, { temporal, ...scripts }),
    ),
    workers: scriptsOf('worker', naive).map((scripts) => (engageUrl: string) => {
      const { host } = new URL(engageUrl);
      return openWorker(context, { temporal, platform: host, ...scripts });
    }),
    platform: { timeScale },
  });
  return { server, ...stack };
}

export async function openServer(context: Context): Promise<Server> {
  const server = await startRestartableServer(context.temporalProgram, shortRuns);
  context.atTheEnd(() => server.stop());
  return server;
}

/** Of the first slot and of the second. */
function scriptsOf(
  role: keyof typeof ours,
  { isFirstOnly = false, ...naive }: Naive,
): readonly Scripts[] {
  const [script, usual] = [naive[role] ?? ours[role], ours[role]];
  return isFirstOnly ? [{ script, next: usual }, { script: usual }] : [{ script }, { script }];
}
