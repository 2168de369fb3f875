/**
 * Ingress and worker as processes, beside a simulator in this one and a Temporal server: what operators see
 * of Baton (health, metrics, logs) can be read from outside.
 */
import { inject } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { freePorts } from '../../local/free-ports.js';
import { eventually } from './eventually.js';
import { webhookAt } from './platform.js';
import { Program } from './program.js';
import { ingressProgram, workerProgram } from './roles.js';
import { startTemporal } from './temporal.js';
import { secrets } from './world.js';

export type RealStack = {
  readonly temporal: TestWorkflowEnvironment;
  readonly simulator: Simulator;
  readonly api: string;
  readonly worker: string;
  /** Resolves when both are healthy. */
  untilReady(): Promise<void>;
  /** Every line that both have logged so far. */
  logged(): string;
  stop(): Promise<void>;
};

export type RealStackOptions = {
  /** A server that runs already; it is stopped with the stack. */
  readonly temporal?: TestWorkflowEnvironment;
  /** Further variables of both processes. */
  readonly env?: Readonly<Record<string, string>>;
};

export async function startRealStack(options: RealStackOptions = {}): Promise<RealStack> {
  const temporal = options.temporal ?? (await startTemporal());
  const [apiPort = 0, workerPort = 0] = await freePorts(2);
  const [api, worker] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${workerPort}`];
  const simulator = await startSimulator({
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    webhook: webhookAt(`${api}/webhooks/engage`),
    timeScale: 100,
  });
  const role = { temporal, config: 'test/harness/config-for-processes.ts' };
  const env = { BATON_LOG_LEVEL: 'info', ...options.env };
  const programs = [
    ingressProgram({
      ...{ ...role, port: apiPort },
      env: {
        ...{ ENGAGE_URL: simulator.url, BATON_WORKERS_URL: worker },
        BATON_OPERATOR_TOKEN: secrets.BATON_OPERATOR_TOKEN,
        ...env,
      },
    }),
    workerProgram({
      ...{ ...role, engageUrl: simulator.url, workflowBundle: inject('workflowBundle') },
      env: { BATON_WORKER_HEALTH_PORT: `${workerPort}`, ...env },
    }),
  ].map((one) => new Program(one));
  for (const one of programs) one.launch();
  return {
    ...{ temporal, simulator, api, worker },
    async untilReady() {
      for (const url of [`${api}/readyz`, `${worker}/healthz`]) {
        await eventually(() => statusOf(url)).toBe(200);
      }
    },
    logged: () => programs.map((one) => one.said()).join('\n'),
    async stop() {
      await Promise.all(programs.map((one) => one.end()));
      await simulator.stop();
      await temporal.teardown();
    },
  };
}

function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}
