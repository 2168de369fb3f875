/**
 * Creates the data converters of a process: every client and worker takes its converter from here. All of
 * them share one cache of keys.
 */
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { createDataKeys, type DataKeys } from './data-keys.js';
import { createDirectoryStore } from './directory-store.js';
import type { KeyStore } from './key-store.js';
import { createKeyring, type Keyring } from './keyring.js';
import { createPatientCodec } from './patient-codec.js';
import { createPayloadCodec } from './payload-codec.js';
import { createPostgresStore } from './postgres-store.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { getKeyScope } from './key-scope.js';

export type Encryption = {
  readonly keys: DataKeys;
  readonly store: KeyStore;
  readonly keyring: Keyring;
  /** For clients: without access to keys a call fails. */
  readonly forClients: DataConverter;
  /** For workers: without access to keys a task waits. */
  readonly forWorkers: DataConverter;
};

/** Also runs in the workflow sandbox, so that the bundler needs its path. */
export const failureConverterPath = fileURLToPath(
  new URL('./failure-converter.cjs', import.meta.url),
);

const encryptions = new WeakMap<EncryptionSettings, Encryption>();

/** Returns the same object for the same settings. */
export function getEncryption(settings: EncryptionSettings): Encryption {
  const made = encryptions.get(settings);
  if (made) return made;
  const encryption = createEncryption(settings);
  encryptions.set(settings, encryption);
  return encryption;
}

function createEncryption({ masterKeys, store: place, keyLife }: EncryptionSettings): Encryption {
  const store =
    'directory' in place
      ? createDirectoryStore(place.directory)
      : createPostgresStore(place.database);
  const keyring = createKeyring(masterKeys);
  const keys = createDataKeys(store, keyring, keyLife);
  const codec = createPayloadCodec({ keys, scopeOf: getKeyScope });
  const converter = (payloadCodec: typeof codec): DataConverter => ({
    payloadCodecs: [payloadCodec],
    failureConverterPath,
  });
  return {
    ...{ keys, store, keyring },
    forClients: converter(codec),
    forWorkers: converter(createPatientCodec(codec)),
  };
}
