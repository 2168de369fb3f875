/** Once for all test files: where the Temporal servers are, and the workflows bundled. */
import type { TestProject } from 'vitest/node';
import { compileRoles } from './compiled.js';
import { findTemporalProgram } from '../../local/setup/temporal-server.js';
import { findTestServer } from '../../local/setup/test-server.js';
import { findWorkflowBundle } from '../../local/setup/workflow-bundle.js';
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
  project.provide('workflowBundle', await findWorkflowBundle());
  const removeRoles = await compileRoles();
  const temporal = await startSharedTemporal(program);
  const { address, claims } = temporal;
  project.provide('sharedTemporal', { address, claims });
  return async () => {
    await temporal.stop();
    await removeRoles();
  };
}
