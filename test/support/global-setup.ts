/** Once for all test files: where the Temporal servers are, and the workflows bundled. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findTemporalProgram } from '../../scripts/setup/temporal-server.js';
import { findTestServer } from '../../scripts/setup/test-server.js';
import { build } from '../../worker/bundle.js';
import { startSharedTemporal, type SharedTemporal } from './shared-temporal.js';

declare module 'vitest' {
  // Vitest declares this as an interface, to be added to.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface ProvidedContext {
    temporalProgram: string;
    testServerProgram: string;
    workflowBundle: string;
    sharedTemporal: SharedTemporal;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const quiet = () => undefined;
  const program = await findTemporalProgram(quiet);
  project.provide('temporalProgram', program);
  project.provide('testServerProgram', await findTestServer(quiet));
  const folder = await mkdtemp(join(tmpdir(), 'baton-test-'));
  project.provide('workflowBundle', await build(join(folder, 'workflow-bundle.js')));
  const temporal = await startSharedTemporal(program);
  const { address, claims } = temporal;
  project.provide('sharedTemporal', { address, claims });
  return async () => {
    await temporal.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
