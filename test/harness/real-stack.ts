/** The ingress and the worker as processes of their own, beside the simulator and a real Temporal, to be scraped. */
import { inject } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { inBackground, type Background } from './background.js';
import { roleCommand } from './compiled.js';
import { freePorts } from '../../local/free-ports.js';
import { startTemporal } from './temporal.js';
import { root } from './source-files.js';
import { secrets } from './world.js';
import { eventually } from './eventually.js';

export type RealStack = {
  readonly temporal: TestWorkflowEnvironment;
  readonly simulator: Simulator;
  readonly api: string;
  readonly worker: string;
  /** Both are healthy. */
  untilReady(): Promise<void>;
  /** Every line both have logged so far. */
  logged(): string;
  stop(): Promise<void>;
};

function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}

export type RealStackOptions = {
  /** One that runs already. */
  readonly temporal?: TestWorkflowEnvironment;
  /** What both processes are told besides. */
  readonly env?: Readonly<Record<string, string>>;
};

export async function startRealStack(options: RealStackOptions = {}): Promise<RealStack> {
  const temporal = options.temporal ?? (await startTemporal());
  const [apiPort = 0, workerPort = 0] = await freePorts(2);
  const [api, worker] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${workerPort}`];
  const simulator = await startSimulator({
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    webhook: {
      url: `${api}/webhooks/engage`,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
    timeScale: 100,
  });
  const start = (script: string, own: Readonly<Record<string, string>>): Background => {
    const { args, env } = roleCommand(script, {
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace ?? 'default',
      ENGAGE_URL: simulator.url,
      BATON_CONFIG: 'test/harness/config-for-processes.ts',
      ...own,
      ...options.env,
    });
    return inBackground({ command: [process.execPath, ...args], env, cwd: root });
  };
  const running = [
    start('api/main.ts', {
      ...{ BATON_API_PORT: `${apiPort}`, BATON_WORKERS_URL: worker },
      BATON_WEBHOOK_SECRET: secrets.BATON_WEBHOOK_SECRET,
      BATON_WEBHOOK_VERIFY_TOKEN: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
      BATON_OPERATOR_TOKEN: secrets.BATON_OPERATOR_TOKEN,
    }),
    start('worker/main.ts', {
      BATON_WORKER_HEALTH_PORT: `${workerPort}`,
      BATON_WORKFLOW_BUNDLE: inject('workflowBundle'),
      ENGAGE_TOKEN: secrets.ENGAGE_TOKEN,
    }),
  ];
  return {
    ...{ temporal, simulator, api, worker },
    async untilReady() {
      for (const url of [`${api}/readyz`, `${worker}/healthz`]) {
        await eventually(() => statusOf(url)).toBe(200);
      }
    },
    logged: () => running.map((one) => one.said()).join('\n'),
    async stop() {
      await Promise.all(running.map((one) => one.end()));
      for (const one of running) one.abandon();
      await simulator.stop();
      await temporal.teardown();
    },
  };
}
