/**
 * The complete stack in the process of a test file, on a real Temporal server. Tests act through the control
 * API of the simulator, and assert what a customer would see.
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
  /** Replaces `config`: settings that are parsed already. */
  readonly business?: BusinessSettings;
  /** The test starts a worker itself. */
  readonly withoutWorker?: boolean;
  readonly isTimeSkipping?: boolean;
  /** Encrypts payloads; needs the workflow bundle for that. */
  readonly encrypted?: { readonly encryption: EncryptionSettings; readonly workflowBundle: string };
  /** File of Temporal's database. Default: in memory. */
  readonly databasePath?: string;
  /** Further arguments of Temporal's server. */
  readonly temporalFlags?: readonly string[];
  /** The account at the start; the test may change it. */
  readonly account?: State;
};

export type World = WholeBaton & {
  readonly temporal: TestWorkflowEnvironment;
  readonly business: BusinessSettings;
  /** Current state of the platform's account. */
  readonly account: State;
};

/** Worlds of this process. */
let worlds = 0;
const idsOfAWorld = 2 ** 24;

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const business = options.business ?? parseConfig(options.config ?? testConfig());
  const { encrypted, databasePath, account = newState() } = options;
  worlds += 1;
  // The platform's ids are of the second: of two worlds that begin in the same one, they must differ.
  account.sequence = Math.max(account.sequence, worlds * idsOfAWorld);
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
