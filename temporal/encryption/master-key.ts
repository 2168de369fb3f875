/**
 * The root: one secret of the whole store, kept in it like any key, from which everything opaque is made:
 * names of data keys, and marks of people in search attributes. It outlives every rotation of master keys.
 *
 * It is made once, when a store is made ready, and never on the way: a store without one is none of ours, as
 * the folder is on which a volume should be mounted.
 */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { keyLength } from './cipher.js';
import { KeyStoreAway } from './errors.js';
import type { Keyring } from './keyring.js';
import type { KeyStore, StoredKey } from './key-store.js';

export type Root = {
  /** Of this store: what was encrypted beside another one is told apart. */
  readonly id: string;
  /** The name under which this scope's key is kept. */
  nameOf(scope: string): string;
  /** The same for the same identity; nobody without the root can tell whose it is. */
  markOf(identity: string): string;
};

/** It is kept under its own name, which is nobody's scope. */
export const rootName = 'root';

/** Repeatable: the first one stays. */
export async function makeRoot(store: KeyStore, keyring: Keyring): Promise<void> {
  if (!(await store.read(rootName))) await store.create(newKey(rootName, keyring));
}

/** @throws KeyStoreAway where there is none */
export async function readRoot(store: KeyStore, keyring: Keyring): Promise<Root> {
  const stored = await store.read(rootName);
  if (!stored) {
    throw new KeyStoreAway(
      'the key store has no root: it is another one, or not mounted, or new (npm run keys -- init)',
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

/** A wrapped key counts under its own name alone. */
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
