/**
 * A data key for each scope, made when it is first needed, and known for ten seconds: so long after it was
 * destroyed another process may still use it, and no longer.
 *
 * The store is asked once on a scope's first contact, by however many at once, and again when ten seconds
 * have passed. Where it does not answer there is no key, and so no payload.
 */
import { KeyDestroyed, KeyStoreAway, NotOurs } from './errors.js';
import type { Keyring } from './keyring.js';
import { retiredName, type KeyStore, type StoredKey } from './key-store.js';
import { boundTo, newKey, readRoot, rootName, type Root } from './root.js';

export type DataKey = {
  readonly key: Uint8Array;
  /** Names it for whoever has the store: what travels beside a payload. */
  readonly reference: string;
};

/** Each rejects with `KeyStoreAway` when the store does not answer, or in keys that are not ours. */
export type DataKeys = {
  /** For sealing: made if there is none. */
  keyOf(scope: string): Promise<DataKey>;
  /** For opening. @throws KeyDestroyed, NotOurs */
  keyFor(reference: string): Promise<DataKey>;
  /** @returns how many there were; other processes may use them for `life` yet */
  destroy(scopes: readonly string[]): Promise<number>;
  /** What stands for a person in search attributes. */
  markOf(identity: string): Promise<string>;
  /** Asks the store anew. @throws KeyStoreAway saying what is in the way */
  reach(): Promise<void>;
  /** The names of these scopes' keys in the store. */
  namesOf(scopes: Iterable<string>): Promise<ReadonlySet<string>>;
  /** Milliseconds. */
  readonly life: number;
};

const usualLife = 10_000;
/** Known at once, at most: a few megabytes. */
const mostKeys = 20_000;

type Known = { readonly until: number; readonly found: Promise<DataKey | undefined> };

export function createDataKeys(store: KeyStore, keyring: Keyring, life = usualLife): DataKeys {
  // Oldest first: what has not been asked for longest goes when there are too many.
  const known = new Map<string, Known>();
  const root = kept(() => inReach(() => readRoot(store, keyring)));
  const open = ({ id }: Root, stored: StoredKey): DataKey => ({
    key: keyring.unwrap(stored, boundTo(stored)),
    reference: `${id}.${stored.name}.${stored.id}`,
  });
  const remember = (name: string, found: Promise<DataKey | undefined>) => {
    known.delete(name);
    known.set(name, { until: performance.now() + life, found });
    const [oldest] = known.keys();
    if (known.size > mostKeys && oldest !== undefined) known.delete(oldest);
    // What is not there may be made at any moment, and who did not answer may answer now.
    const forget = () => known.get(name)?.found === found && known.delete(name);
    found.then((key) => !key && forget(), forget);
    return found;
  };
  const recall = (name: string) => {
    const one = known.get(name);
    return one && one.until > performance.now() ? one.found : undefined;
  };
  const find = (from: Root, name: string) =>
    recall(name) ??
    remember(
      name,
      inReach(async () => {
        const stored = await store.read(name);
        return stored && open(from, stored);
      }),
    );
  const make = (from: Root, name: string) =>
    inReach(async () => open(from, await store.create(newKey(name, keyring))));
  const keyOf = async (scope: string): Promise<DataKey> => {
    const from = await root();
    const name = from.nameOf(scope);
    const found = await find(from, name);
    if (found) return found;
    const made = await (recall(name) ?? remember(name, make(from, name)));
    return made ?? keyOf(scope);
  };
  return {
    life,
    keyOf,
    async keyFor(reference) {
      const from = await root();
      const [rootId, name = ''] = reference.split('.');
      if (rootId !== from.id) throw new NotOurs('it was sealed with a key of another key store');
      for (const under of [name, retiredName(name)]) {
        const found = await find(from, under);
        if (found?.reference === reference) return found;
      }
      throw new KeyDestroyed('it was erased: its key has been destroyed');
    },
    async destroy(scopes) {
      const { nameOf } = await root();
      const names = scopes.map(nameOf).flatMap((name) => [name, retiredName(name)]);
      let destroyed = 0;
      for (let at = 0; at < names.length; at += portion) {
        destroyed += await inReach(() => store.destroy(names.slice(at, at + portion)));
      }
      for (const name of names) known.delete(name);
      return destroyed;
    },
    async reach() {
      await inReach(() => readRoot(store, keyring));
    },
    async namesOf(scopes) {
      const { nameOf } = await root();
      return new Set([rootName, ...[...scopes].map(nameOf)]);
    },
    markOf: async (identity) => (await root()).markOf(identity),
  };
}

/** So many are destroyed within one answer of the store. */
const portion = 50;

/** Once it has gone well, for good. */
function kept<T>(get: () => Promise<T>): () => Promise<T> {
  let got: Promise<T> | undefined;
  return () => {
    const asked = (got ??= get());
    asked.catch(() => {
      if (got === asked) got = undefined;
    });
    return asked;
  };
}

/** A delivery, which is answered within three seconds, waits behind it. */
const patience = 2_000;

/** Whatever a store says when it does not answer, in our words: its own may hold a password. */
async function inReach<T>(ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new KeyStoreAway('the key store does not answer')), patience);
  });
  try {
    return await Promise.race([ask(), tooLate]);
  } catch (cause) {
    if (cause instanceof KeyStoreAway) throw cause;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new KeyStoreAway(`the key store does not answer${code}`);
  } finally {
    clearTimeout(timer);
  }
}
