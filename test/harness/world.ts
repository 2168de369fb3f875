/**
 * Baton whole, for one test file, beside a real Temporal server of its own. Tests act through the
 * simulator's endpoints and see what a customer would.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import { startWholeBaton, type WholeBaton, type WholeBatonOptions } from '../../local/baton.js';
import type { BatonConfig, BusinessSettings } from '../../settings/business.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { parseConfig } from '../../settings/load-config.js';
import { newState } from '../../simulator/new-state.js';
import type { State } from '../../simulator/state.js';
import { observeExchange } from './conformance.js';
import { startTemporal } from './temporal.js';
import { testConfig } from './test-config.js';

export { createLocalPorts, secrets, startIngress } from '../../local/baton.js';

export type WorldOptions = Pick<WholeBatonOptions, 'ports' | 'tracing' | 'limits'> & {
  readonly config?: BatonConfig;
  /** In place of `config`: one that was loaded from its file. */
  readonly business?: BusinessSettings;
  /** The test runs a worker of its own. */
  readonly withoutWorker?: boolean;
  readonly isTimeSkipping?: boolean;
  /** Payloads are encrypted, and this is the bundle for that. */
  readonly encrypted?: { readonly encryption: EncryptionSettings; readonly workflowBundle: string };
  /** Where Temporal keeps everything; in memory without one. */
  readonly databasePath?: string;
  /** What Temporal is to be told besides. */
  readonly temporalFlags?: readonly string[];
  /** The account to begin with, and what the test changes as its administrator. */
  readonly account?: State;
};

export type World = WholeBaton & {
  readonly temporal: TestWorkflowEnvironment;
  readonly business: BusinessSettings;
  /** The platform's account, as it is now. */
  readonly account: State;
};

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const business = options.business ?? parseConfig(options.config ?? testConfig());
  const { encrypted, databasePath, account = newState() } = options;
  const encryption = encrypted?.encryption;
  const temporal = await startTemporal(options.isTimeSkipping, {
    ...{ databasePath, encryption, flags: options.temporalFlags },
  });
  const baton = await startWholeBaton({
    temporal,
    business,
    encryption,
    workflowBundle: { codePath: encrypted?.workflowBundle ?? inject('workflowBundle') },
    simulator: { onExchange: observeExchange, account },
    ...(options.ports && { ports: options.ports }),
    ...(options.tracing && { tracing: options.tracing }),
    ...(options.limits && { limits: options.limits }),
  });
  if (!options.withoutWorker) await baton.startWorkers();
  const stop = async () => {
    await baton.stop();
    await temporal.teardown();
  };
  return { ...baton, temporal, business, account, stop };
}
