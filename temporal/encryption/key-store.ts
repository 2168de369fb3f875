/**
 * Where wrapped data keys are kept: outside what they protect, or destroying one would mean nothing.
 *
 * Names are opaque: nobody learns from them whose key it is. Any method may reject when the store does not
 * answer; nothing here tries again.
 */
import type { Wrapped } from './keyring.js';

export type StoredKey = Wrapped & {
  /** Under which it was made. */
  readonly name: string;
  /** Another one for each key that was ever made under a name. */
  readonly id: string;
};

/** Where a key is that nothing is encrypted with any more, and that may still be needed to open. */
export function retiredName(name: string): string {
  return `${retired}${name}`;
}

/** Under which it was before it was retired, if it was. */
export function nameBefore(under: string): string {
  return isRetired(under) ? under.slice(retired.length) : under;
}

export function isRetired(name: string): boolean {
  return name.startsWith(retired);
}

const retired = 'retired-';

export type KeyStore = {
  read(name: string): Promise<StoredKey | undefined>;
  /** Atomic. @returns the one that is there now: this one, or one that somebody has made before */
  create(key: StoredKey): Promise<StoredKey>;
  /** The same key in another wrapping. Never brings back what was destroyed meanwhile. */
  rewrap(under: string, from: StoredKey, to: Wrapped): Promise<void>;
  /** From now on it is under `retiredName` of its name; nothing where one is there already. */
  retire(name: string): Promise<void>;
  /** Repeatable. @returns how many of them were there */
  destroy(names: readonly string[]): Promise<number>;
  /** Each with the name it is under now. */
  list(): AsyncIterable<{ readonly under: string; readonly key: StoredKey }>;
  close(): Promise<void>;
};
