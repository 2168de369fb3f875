/**
 * A data key for each scope, created on first use and cached for ten seconds: another process may use a
 * destroyed key for that long.
 *
 * On the first use of a scope the store is queried once, even by concurrent callers, and again after ten
 * seconds. If the store does not answer, there is no key, and so no payload. A missing key counts as
 * destroyed only in a store with the right root key, because an empty store is another store.
 */
import { KeyDestroyed, KeyStoreAway, NotOurs } from './errors.js';
import { inReach, kept } from './availability.js';
import type { Keyring } from './keyring.js';
import { retiredName, type KeyStore, type StoredKey } from './key-store.js';
import { createKeyCache, type KeyCache } from './key-cache.js';
import { boundTo, makeRoot, newKey, readRoot, rootName, type Root } from './master-key.js';
import type { DataKey } from './data-key.js';

/** Each rejects with `KeyStoreAway` when the store does not answer or holds keys that are not ours. */
export type DataKeys = {
  /** Initialises a new store. Idempotent. */
  init(): Promise<void>;
  /** For encryption: created if missing. */
  keyOf(scope: string): Promise<DataKey>;
  /** For decryption. @throws KeyDestroyed, NotOurs */
  keyFor(reference: string): Promise<DataKey>;
  /** @returns how many existed; other processes may use them for another `life` */
  destroy(scopes: readonly string[]): Promise<number>;
  /** Search-attribute value that stands for a person. */
  markOf(identity: string): Promise<string>;
  /** Queries the store without the cache. @throws KeyStoreAway with the reason */
  reach(): Promise<void>;
  /** Names of these scopes' keys in the store, and of the root key. */
  namesOf(scopes: Iterable<string>): Promise<ReadonlySet<string>>;
  /** Cache lifetime in milliseconds. */
  readonly life: number;
};

const usualLife = 10_000;
/** Maximum size of the cache: a few megabytes. */
const mostKeys = 20_000;

export function createDataKeys(store: KeyStore, keyring: Keyring, life = usualLife): DataKeys {
  const root = kept(() => inReach(() => readRoot(store, keyring)));
  const known = createKeyCache(life, mostKeys);
  const verify = async () => {
    const { id } = await readRoot(store, keyring);
    if (id !== (await root()).id)
      throw new KeyStoreAway('the key store was replaced by another one');
  };
  const asking = { store, keyring, known, verify };
  return {
    life,
    init: () => inReach(() => makeRoot(store, keyring)),
    keyOf: async (scope) => keyOf(asking, await root(), scope),
    keyFor: async (reference) => keyFor(asking, await root(), reference),
    async destroy(scopes) {
      const from = await root();
      await inReach(verify);
      const names = scopes.map((scope) => from.nameOf(scope));
      const all = names.flatMap((name) => [name, retiredName(name)]);
      const destroyed = await destroyInPortions(store, all);
      known.forget(all);
      return destroyed;
    },
    markOf: async (identity) => (await root()).markOf(identity),
    reach: () => inReach(verify),
    async namesOf(scopes) {
      const from = await root();
      return new Set([rootName, ...[...scopes].map((scope) => from.nameOf(scope))]);
    },
  };
}

type Asking = {
  readonly store: KeyStore;
  readonly keyring: Keyring;
  readonly known: KeyCache;
  /** @throws KeyStoreAway when the store has been replaced by another one */
  readonly verify: () => Promise<void>;
};

async function keyOf(asking: Asking, root: Root, scope: string): Promise<DataKey> {
  const { store, keyring, known, verify } = asking;
  const name = root.nameOf(scope);
  const found = await find(asking, root, name);
  if (found) return found;
  const make = async () => {
    await verify();
    return unwrap(asking, root, await store.create(newKey(name, keyring)));
  };
  // Of concurrent callers without a key, one creates it.
  const made = await (known.recall(name) ?? known.remember(name, inReach(make)));
  return made ?? keyOf(asking, root, scope);
}

async function keyFor(asking: Asking, root: Root, reference: string): Promise<DataKey> {
  const [rootId, name = ''] = reference.split('.');
  if (rootId !== root.id) throw new NotOurs('it was encrypted with a key of another key store');
  for (const under of [name, retiredName(name)]) {
    const known = await asking.known.recall(under);
    if (known?.reference === reference) return known;
    // The store may hold another key by now.
    if (known) asking.known.forget([under]);
    const found = await find(asking, root, under);
    if (found?.reference === reference) return found;
  }
  await inReach(asking.verify);
  throw new KeyDestroyed('it was erased: its key has been destroyed');
}

function find(asking: Asking, root: Root, name: string): Promise<DataKey | undefined> {
  const { store, known } = asking;
  const read = async () => {
    const stored = await store.read(name);
    return stored && unwrap(asking, root, stored);
  };
  return known.recall(name) ?? known.remember(name, inReach(read));
}

function unwrap({ keyring }: Asking, { id }: Root, stored: StoredKey): DataKey {
  return {
    key: keyring.unwrap(stored, boundTo(stored)),
    reference: `${id}.${stored.name}.${stored.id}`,
  };
}

/** Number of keys destroyed in one call to the store. */
const portion = 50;

async function destroyInPortions(store: KeyStore, names: readonly string[]): Promise<number> {
  let destroyed = 0;
  for (let at = 0; at < names.length; at += portion) {
    destroyed += await inReach(() => store.destroy(names.slice(at, at + portion)));
  }
  return destroyed;
}
