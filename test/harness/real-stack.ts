/**
 * One ingress and one worker as processes for a test, on the shared Temporal server or one of the test's own: what
 * operators see of Baton (health, metrics, logs, traces) can be read from outside.
 */
import { inject } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { freePort } from '../../local/free-ports.js';
import { eventually } from './eventually.js';
import type { Platform } from './platform.js';
import { createCleanup } from './program.js';
import { startIngress, startWorker } from './roles.js';
import { openStackOf } from './stack.js';
import { startTemporal } from './temporal.js';
import { secrets } from './world.js';

export type RealStack = {
  readonly temporal: TestWorkflowEnvironment;
  readonly platform: Platform;
  readonly api: string;
  readonly worker: string;
  /** Resolves when both are healthy. */
  untilReady(): Promise<void>;
  /** Every line that both have logged so far. */
  logged(): string;
  /** Asks both to end. @returns how they have ended, the ingress first */
  end(): Promise<readonly (number | string)[]>;
  stop(): Promise<void>;
};

export type RealStackOptions = {
  /** A server that runs already; it is stopped with the stack. */
  readonly temporal?: TestWorkflowEnvironment;
  /** Further variables of both processes. */
  readonly env?: Readonly<Record<string, string>>;
};

export async function startRealStack(options: RealStackOptions = {}): Promise<RealStack> {
  const cleanup = createCleanup();
  const temporal = options.temporal ?? (await startTemporal());
  cleanup.atTheEnd(() => temporal.teardown());
  const role = { temporal, config: 'test/harness/config-for-processes.ts' };
  const health = await freePort();
  const worker = `http://127.0.0.1:${health}`;
  const { BATON_OPERATOR_TOKEN } = secrets;
  const common = { BATON_LOG_LEVEL: 'info', ...options.env };
  const ingressEnv = { BATON_WORKERS_URL: worker, BATON_OPERATOR_TOKEN, ...common };
  const workerEnv = { BATON_WORKER_HEALTH_PORT: `${health}`, ...common };
  const workflowBundle = inject('workflowBundle');
  const { platform, ingresses, workers } = await openStackOf(cleanup, {
    ingresses: [() => startIngress(cleanup, { ...role, env: ingressEnv })],
    workers: [
      (engageUrl) => startWorker(cleanup, { ...role, engageUrl, workflowBundle, env: workerEnv }),
    ],
    platform: { timeScale: 100 },
  });
  const api = `http://${ingresses[0]?.address ?? ''}`;
  const programs = [...ingresses.map(({ program }) => program), ...workers];
  const end = () => Promise.all(programs.map((one) => one.end()));
  return {
    ...{ temporal, platform, api, worker },
    async untilReady() {
      for (const url of [`${api}/readyz`, `${worker}/healthz`]) {
        await eventually(() => statusOf(url)).toBe(200);
      }
    },
    logged: () => programs.map((one) => one.said()).join('\n'),
    end,
    async stop() {
      await end();
      await cleanup.close();
    },
  };
}

function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}
