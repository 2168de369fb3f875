/** A worker in a process of its own, to be killed as a power cut would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { inject } from 'vitest';
import { roleCommand } from './compiled.js';
import { secrets, type World } from './world.js';

export type WorkerProcess = {
  /** SIGKILL: nothing is finished, nothing is said. */
  kill(): Promise<void>;
};

/** Milliseconds; a worker that is only slow is not given up. */
const timeout = 180_000;

/**
 * @param script `worker/main.ts`, or something naive in its place
 * @param changed environment variables other than usual
 */
export async function startWorkerProcess(
  world: World,
  script = 'worker/main.ts',
  changed: Readonly<Record<string, string>> = {},
): Promise<WorkerProcess> {
  const { args, env } = roleCommand(script, {
    ...process.env,
    TEMPORAL_ADDRESS: world.temporal.address,
    TEMPORAL_NAMESPACE: world.temporal.namespace ?? 'default',
    ENGAGE_URL: world.simulator.url,
    ENGAGE_TOKEN: secrets.ENGAGE_TOKEN,
    ENGAGE_REQUESTS_PER_MINUTE: '1000000',
    BATON_CONFIG: 'test/harness/config-for-processes.ts',
    BATON_WORKFLOW_BUNDLE: inject('workflowBundle'),
    BATON_LOG_LEVEL: 'error',
    ...changed,
  });
  const child = spawn(process.execPath, args, {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await ready(child);
  } catch (error) {
    await kill();
    throw error;
  }
  return { kill };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the worker did not start')), timeout);
    child.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code ?? 'a signal'}`)));
  });
}
