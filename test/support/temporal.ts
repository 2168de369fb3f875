/**
 * A real Temporal server: a namespace of the run's shared development server, or a server of the caller's own
 * where it needs a database, flags or skipped time.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { inject } from 'vitest';
import { startInTime } from '../../scenario/in-time.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { encryptionOf } from '../../temporal/encryption.js';
import { localServerFlags } from '../../temporal/local-server.js';
import { addSearchAttributes } from '../../temporal/search-attributes.js';
import { claimNamespace } from './shared-temporal.js';

// Failing activities are what many tests are about: only what is wrong with the SDK itself is printed.
Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: {} });

/** What has ended is deleted within a second or two; half a minute is usual. */
export const quickDeletion: readonly string[] = ['transfer', 'visibility'].flatMap((queue) => [
  '--dynamic-config-value',
  `history.${queue}ProcessorUpdateAckInterval="1s"`,
]);

export type LocalOptions = {
  /** Where it keeps everything; in memory without one. */
  readonly databasePath?: string | undefined;
  /** Besides what Baton needs. */
  readonly flags?: readonly string[] | undefined;
  /** With what payloads are sealed that a test looks at by its client. */
  readonly encryption?: EncryptionSettings | undefined;
};

export async function startTemporal(
  isTimeSkipping = false,
  { databasePath, encryption, flags = [] }: LocalOptions = {},
): Promise<TestWorkflowEnvironment> {
  const path = inject(isTimeSkipping ? 'testServerProgram' : 'temporalProgram');
  const executable = { type: 'existing-path', path } as const;
  if (!isTimeSkipping) {
    const client = encryption && { dataConverter: encryptionOf(encryption).forClients };
    if (databasePath === undefined && flags.length === 0) {
      const shared = inject('sharedTemporal');
      return TestWorkflowEnvironment.createFromExistingServer({
        ...{ address: shared.address, namespace: claimNamespace(shared) },
        ...(client && { client }),
      });
    }
    const server = {
      ...{ executable, extraArgs: [...localServerFlags(), ...flags] },
      ...(databasePath !== undefined && { dbFilename: databasePath }),
    };
    return startInTime(() =>
      TestWorkflowEnvironment.createLocal({ server, ...(client && { client }) }),
    );
  }
  const environment = await startInTime(() =>
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable } }),
  );
  await addSearchAttributes(environment.nativeConnection, 'default');
  return environment;
}

/** A development server on this port; `flags` are by default what Baton needs. */
export async function startTemporalAt(
  port: number,
  flags: readonly string[] = localServerFlags(),
): Promise<TestWorkflowEnvironment> {
  const executable = { type: 'existing-path', path: inject('temporalProgram') } as const;
  return startInTime(() =>
    TestWorkflowEnvironment.createLocal({ server: { executable, port, extraArgs: [...flags] } }),
  );
}
