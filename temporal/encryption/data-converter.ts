/**
 * How a process encrypts what it hands to Temporal: one place that every client and worker has its data
 * converter from. All of a process share their knowledge of keys.
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
import { scopeOf } from './key-scope.js';

export type Encryption = {
  readonly keys: DataKeys;
  readonly store: KeyStore;
  readonly keyring: Keyring;
  /** For clients: without keys a call fails. */
  readonly forClients: DataConverter;
  /** For workers: without keys a task waits. */
  readonly forWorkers: DataConverter;
};

/** In the sandbox too: what bundles the workflows has to be told. */
export const failureConverterPath = fileURLToPath(
  new URL('./failure-converter.cjs', import.meta.url),
);

const made = new WeakMap<EncryptionSettings, Encryption>();

/** The same for the same settings. */
export function encryptionOf(settings: EncryptionSettings): Encryption {
  const known = made.get(settings);
  if (known) return known;
  const encryption = createEncryption(settings);
  made.set(settings, encryption);
  return encryption;
}

function createEncryption({ masterKeys, store: place, keyLife }: EncryptionSettings): Encryption {
  const store =
    'directory' in place
      ? createDirectoryStore(place.directory)
      : createPostgresStore(place.database);
  const keyring = createKeyring(masterKeys);
  const keys = createDataKeys(store, keyring, keyLife);
  const codec = createPayloadCodec({ keys, scopeOf });
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
