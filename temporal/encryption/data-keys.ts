/**
 * A data key for each scope, made when it is first needed, and known for ten seconds: so long after it was
 * destroyed another process may still use it, and no longer.
 *
 * The store is asked once on a scope's first contact, by however many at once, and again when ten seconds
 * have passed. Where it does not answer there is no key, and so no payload. That a key is not there is believed
 * only of a store whose root is: an empty one is another one.
 */
import { KeyDestroyed, KeyStoreAway, NotOurs } from './errors.js';
import { inReach, kept } from './availability.js';
import type { Keyring } from './keyring.js';
import { retiredName, type KeyStore, type StoredKey } from './key-store.js';
import { createKnownKeys, type KnownKeys } from './known-keys.js';
import { boundTo, makeRoot, newKey, readRoot, rootName, type Root } from './master-key.js';
import type { DataKey } from './data-key.js';

/** Each rejects with `KeyStoreAway` when the store does not answer, or in keys that are not ours. */
export type DataKeys = {
  /** Makes a store ready that is new. Repeatable. */
  init(): Promise<void>;
  /** For encryption: made if there is none. */
  keyOf(scope: string): Promise<DataKey>;
  /** For opening. @throws KeyDestroyed, NotOurs */
  keyFor(reference: string): Promise<DataKey>;
  /** @returns how many there were; other processes may use them for `life` yet */
  destroy(scopes: readonly string[]): Promise<number>;
  /** What stands for a person in search attributes. */
  markOf(identity: string): Promise<string>;
  /** Asks the store anew. @throws KeyStoreAway saying what is in the way */
  reach(): Promise<void>;
  /** The names of these scopes' keys in the store, and the root's. */
  namesOf(scopes: Iterable<string>): Promise<ReadonlySet<string>>;
  /** Milliseconds. */
  readonly life: number;
};

const usualLife = 10_000;
/** Known at once, at most: a few megabytes. */
const mostKeys = 20_000;

export function createDataKeys(store: KeyStore, keyring: Keyring, life = usualLife): DataKeys {
  const root = kept(() => inReach(() => readRoot(store, keyring)));
  const known = createKnownKeys(life, mostKeys);
  const verify = async () => {
    const { id } = await readRoot(store, keyring);
    if (id !== (await root()).id)
      throw new KeyStoreAway('the key store is another one than it was');
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
  readonly known: KnownKeys;
  /** @throws KeyStoreAway when it is not the store it was */
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
  // Of all who found none, one makes it.
  const made = await (known.recall(name) ?? known.remember(name, inReach(make)));
  return made ?? keyOf(asking, root, scope);
}

async function keyFor(asking: Asking, root: Root, reference: string): Promise<DataKey> {
  const [rootId, name = ''] = reference.split('.');
  if (rootId !== root.id) throw new NotOurs('it was encrypted with a key of another key store');
  for (const under of [name, retiredName(name)]) {
    const known = await asking.known.recall(under);
    if (known?.reference === reference) return known;
    // Another one than was known may be there by now.
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

/** So many are destroyed within one answer of the store. */
const portion = 50;

async function destroyInPortions(store: KeyStore, names: readonly string[]): Promise<number> {
  let destroyed = 0;
  for (let at = 0; at < names.length; at += portion) {
    destroyed += await inReach(() => store.destroy(names.slice(at, at + portion)));
  }
  return destroyed;
}
