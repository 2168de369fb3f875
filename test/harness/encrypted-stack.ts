/**
 * Ingress, worker and Temporal's server as processes, with encrypted payloads; everything that they store or
 * log can be read.
 */
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import { reach } from '../../local/server-process.js';
import { freePort } from '../../local/free-ports.js';
import { getEncryption } from '../../temporal/encryption/data-converter.js';
import { localServerArguments } from '../../temporal/local-server.js';
import { inBackground } from './background.js';
import { startRealStack, type RealStack } from './real-stack.js';
import { createEncryptedPlace } from './encrypted.js';
import { root } from './source-files.js';

export type EncryptedStack = RealStack & {
  readonly databasePath: string;
};

export async function startEncryptedStack(
  env: Readonly<Record<string, string>>,
): Promise<EncryptedStack> {
  const place = await createEncryptedPlace();
  const databasePath = join(place.folder, 'temporal.db');
  const port = await freePort();
  const args = localServerArguments({ port, databasePath });
  const server = inBackground({
    command: [inject('temporalProgram'), ...args],
    env: {},
    cwd: root,
  });
  const address = `127.0.0.1:${port}`;
  await (await reach(address, 'default')).close();
  const client = { dataConverter: getEncryption(place.encryption).forClients };
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
      await server.end();
      place.remove();
    },
  };
}
