/** A real Temporal server of a test file's own: the development server, or the one that skips time. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { inject } from 'vitest';
import { localServerFlags } from '../../temporal/local-server.js';

// Failing activities are what many tests are about: only what is wrong with the SDK itself is printed.
Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: {} });

export function startTemporal(timeSkipping = false): Promise<TestWorkflowEnvironment> {
  const path = inject(timeSkipping ? 'testServerProgram' : 'temporalProgram');
  const executable = { type: 'existing-path', path } as const;
  return timeSkipping
    ? TestWorkflowEnvironment.createTimeSkipping({ server: { executable } })
    : TestWorkflowEnvironment.createLocal({
        server: { executable, extraArgs: [...localServerFlags()] },
      });
}
