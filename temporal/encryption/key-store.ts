/**
 * Port of a store for wrapped data keys. It must be separate from Temporal's database; otherwise a backup
 * of the data would also restore a destroyed key.
 *
 * Names are opaque and do not reveal the scope. Any method may reject when the store does not answer; the
 * port does not retry.
 */
import type { Wrapped } from './keyring.js';

export type StoredKey = Wrapped & {
  /** Name under which it was created. */
  readonly name: string;
  /** Unique for each key ever created under a name. */
  readonly id: string;
};

/** Name of a key that encrypts nothing new and may still be needed for decryption. */
export function retiredName(name: string): string {
  return `${retired}${name}`;
}

/** The name before the key was retired, if it was. */
export function nameBefore(under: string): string {
  return isRetired(under) ? under.slice(retired.length) : under;
}

export function isRetired(name: string): boolean {
  return name.startsWith(retired);
}

const retired = 'retired-';

export type KeyStore = {
  read(name: string): Promise<StoredKey | undefined>;
  /** Atomic. @returns the key in the store now: this one, or an earlier one */
  create(key: StoredKey): Promise<StoredKey>;
  /** Replaces the wrapping of the same key. Never restores a key destroyed meanwhile. */
  rewrap(under: string, from: StoredKey, to: Wrapped): Promise<void>;
  /** Renames the key to its `retiredName`; no effect if that exists already. */
  retire(name: string): Promise<void>;
  /** Idempotent. @returns how many of them existed */
  destroy(names: readonly string[]): Promise<number>;
  /** Each key with its current name. */
  list(): AsyncIterable<{ readonly under: string; readonly key: StoredKey }>;
  close(): Promise<void>;
};
