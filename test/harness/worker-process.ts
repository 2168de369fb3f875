/** A worker as a process beside a test's world, to be killed as by a power cut. */
import { inject } from 'vitest';
import { Program } from './program.js';
import { workerProgram } from './roles.js';
import type { World } from './world.js';

export type { Program as WorkerProcess } from './program.js';

/**
 * Resolves when the worker polls for work. The test must kill it.
 *
 * @param script `worker/main.ts`, or a naive one
 * @param changed variables that override the usual ones
 */
export async function startWorkerProcess(
  world: World,
  script = 'worker/main.ts',
  changed: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const worker = new Program(
    workerProgram({
      temporal: world.temporal,
      engageUrl: world.simulator.url,
      config: 'test/harness/config-for-processes.ts',
      workflowBundle: inject('workflowBundle'),
      script,
      env: { BATON_LOG_LEVEL: 'error', ...changed },
    }),
  );
  await worker.start();
  return worker;
}
