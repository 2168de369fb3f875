/**
 * A real Temporal server: a namespace of the run's shared development server, or a server of the caller's own
 * where it needs a database, flags or skipped time.
 */
import {
  TestWorkflowEnvironment,
  type ExistingServerTestWorkflowEnvironmentOptions,
} from '@temporalio/testing';
import { inject } from 'vitest';
import { installQuietRuntime } from '../../local/quiet-runtime.js';
import { endingWith, startServerProcess, startTimeSkipping } from '../../local/server-process.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { getEncryption } from '../../temporal/encryption/data-converter.js';
import { localServerArguments, localServerFlags } from '../../temporal/local-server.js';
import { addSearchAttributes } from '../../temporal/search-attributes.js';
import { claimNamespace } from './shared-temporal.js';

// Failing activities are what many tests are about.
installQuietRuntime();

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
  /** With what payloads are encrypted that a test looks at by its client. */
  readonly encryption?: EncryptionSettings | undefined;
};

export async function startTemporal(
  isTimeSkipping = false,
  { databasePath, encryption, flags = [] }: LocalOptions = {},
): Promise<TestWorkflowEnvironment> {
  if (isTimeSkipping) return startSkipping();
  const client = encryption && { dataConverter: getEncryption(encryption).forClients };
  const options = client ? { client } : {};
  if (databasePath !== undefined || flags.length > 0) {
    return startOwn({ databasePath, flags: [...localServerFlags(), ...flags] }, options);
  }
  const shared = inject('sharedTemporal');
  const namespace = await claimNamespace(shared);
  const { address } = shared;
  return TestWorkflowEnvironment.createFromExistingServer({ ...options, address, namespace });
}

/** A development server on this port; `flags` are by default what Baton needs. */
export async function startTemporalAt(
  port: number,
  flags: readonly string[] = localServerFlags(),
): Promise<TestWorkflowEnvironment> {
  return startOwn({ port, flags });
}

async function startSkipping(): Promise<TestWorkflowEnvironment> {
  const environment = await startTimeSkipping(inject('testServerProgram'));
  await addSearchAttributes(environment.nativeConnection, 'default');
  return environment;
}

type Own = {
  readonly port?: number;
  readonly databasePath?: string | undefined;
  readonly flags: readonly string[];
};

async function startOwn(
  { port: wanted, databasePath, flags }: Own,
  options: ExistingServerTestWorkflowEnvironmentOptions = {},
): Promise<TestWorkflowEnvironment> {
  const args = (port: number) => localServerArguments({ port, databasePath, flags });
  const namespace = 'default';
  const server = await startServerProcess(inject('temporalProgram'), args, {
    ...{ port: wanted, namespace },
  });
  const { address } = server;
  const environment = await TestWorkflowEnvironment.createFromExistingServer({
    ...options,
    address,
  });
  return endingWith(environment, server.kill);
}
