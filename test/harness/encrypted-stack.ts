/**
 * Ingress, worker and Temporal's server as processes, with encrypted payloads; everything that they store or
 * log can be read.
 */
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import { getEncryption } from '../../temporal/encryption/data-converter.js';
import { createEncryptedPlace } from './encrypted.js';
import { createCleanup } from './program.js';
import { startRealStack, type RealStack } from './real-stack.js';
import { openServer } from './temporal-server.js';

export type EncryptedStack = RealStack & {
  readonly databasePath: string;
};

export async function startEncryptedStack(
  env: Readonly<Record<string, string>>,
): Promise<EncryptedStack> {
  const { atTheEnd, close } = createCleanup();
  const place = await createEncryptedPlace();
  atTheEnd(() => {
    place.remove();
    return Promise.resolve();
  });
  const databasePath = join(place.folder, 'temporal.db');
  const run = { atTheEnd, temporalProgram: inject('temporalProgram') };
  const server = await openServer(run, { databasePath });
  const client = { dataConverter: getEncryption(place.encryption).forClients };
  const { address } = server;
  const temporal = await TestWorkflowEnvironment.createFromExistingServer({ address, client });
  const keys = place.encryption.masterKeys.map(
    ({ id, key }) => `${id}:${Buffer.from(key).toString('base64')}`,
  );
  await place.bundle();
  const stack = await startRealStack({
    temporal,
    env: {
      ...env,
      BATON_ENCRYPTION_KEYS: keys.join(','),
      BATON_KEY_STORE: `file:${join(place.folder, 'keys')}`,
      BATON_WORKFLOW_BUNDLE: join(place.folder, 'workflow-bundle.js'),
    },
  });
  return {
    ...stack,
    databasePath,
    logged: () => `${stack.logged()}\n${server.said()}`,
    async stop() {
      await stack.stop();
      await close();
    },
  };
}
