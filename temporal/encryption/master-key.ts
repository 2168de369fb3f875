/**
 * The root key: one secret for the whole store, stored like any data key, from which the opaque values
 * derive: names of data keys, and marks of people in search attributes. It does not change when master
 * keys rotate.
 *
 * It is created once, when a store is initialised, and never during operation: a store without it is not
 * ours, for example the empty folder below a volume that is not mounted.
 */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { keyLength } from './cipher.js';
import { KeyStoreAway } from './errors.js';
import type { Keyring } from './keyring.js';
import type { KeyStore, StoredKey } from './key-store.js';

export type Root = {
  /** Id of this store, by which payloads of another store are recognised. */
  readonly id: string;
  /** The name under which this scope's key is kept. */
  nameOf(scope: string): string;
  /** The same for the same identity; it cannot be reversed without the root key. */
  markOf(identity: string): string;
};

/** Its name in the store, which cannot be the name of a scope. */
export const rootName = 'root';

/** Idempotent: the first root key stays. */
export async function makeRoot(store: KeyStore, keyring: Keyring): Promise<void> {
  if (!(await store.read(rootName))) await store.create(newKey(rootName, keyring));
}

/** @throws KeyStoreAway where there is none */
export async function readRoot(store: KeyStore, keyring: Keyring): Promise<Root> {
  const stored = await store.read(rootName);
  if (!stored) {
    throw new KeyStoreAway(
      'the key store has no master key: wrong store, not mounted, or new (npm run keys -- init)',
    );
  }
  const secret = keyring.unwrap(stored, boundTo(stored));
  const names = derive(secret, 'names of data keys');
  const marks = derive(secret, 'marks of people');
  return {
    id: createHash('sha256').update(derive(secret, 'its id')).digest('base64url').slice(0, 8),
    nameOf: (scope) => mark(names, scope),
    markOf: (identity) => mark(marks, identity),
  };
}

/** A fresh key under this name, wrapped. */
export function newKey(name: string, keyring: Keyring): StoredKey {
  const id = randomBytes(9).toString('base64url');
  return { name, id, ...keyring.wrap(randomBytes(keyLength), boundTo({ name, id })) };
}

/** Authenticated data of a wrapped key: it is valid under its own name only. */
export function boundTo({ name, id }: Pick<StoredKey, 'name' | 'id'>): string {
  return `${name} ${id}`;
}

function derive(secret: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, keyLength));
}

/** 24 letters and digits: 144 bits. */
function mark(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, 24);
}
