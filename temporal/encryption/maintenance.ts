/** What the keys of a store need from time to time: new wrappings, and to be swept. Both are repeatable. */
import type { Keyring } from './keyring.js';
import { isRetired, retiredName, type KeyStore } from './key-store.js';
import { boundTo } from './master-key.js';

export type Rewrapped = { readonly rewrapped: number; readonly already: number };

/** Every key that is not wrapped with the newest master key is, the root too. */
export async function rewrapAll(store: KeyStore, keyring: Keyring): Promise<Rewrapped> {
  let rewrapped = 0;
  let already = 0;
  for await (const { under, key: stored } of store.list()) {
    if (stored.master === keyring.newest) {
      already += 1;
      continue;
    }
    const key = keyring.unwrap(stored, boundTo(stored));
    await store.rewrap(under, stored, keyring.wrap(key, boundTo(stored)));
    rewrapped += 1;
  }
  return { rewrapped, already };
}

export type Swept = { readonly destroyed: number; readonly kept: number };

type ScanOptions = {
  /** The names of all keys that are needed at this moment, as far as searches know. */
  readonly findNeeded: () => Promise<ReadonlySet<string>>;
  /** Longer than searches lag behind, and than any process knows a key. */
  readonly pause: () => Promise<unknown>;
  /** That it may be most of all keys. */
  readonly isSure?: boolean;
};

/** So many may be most of a small store. */
const aHandful = 5;

/** Most keys are of no use: that may be so, or whoever looked for what needs them looked elsewhere. */
export class MostAreUseless extends Error {
  override readonly name = 'MostAreUseless';
  readonly useless: number;
  readonly of: number;

  constructor(useless: number, of: number) {
    super(`${useless} of ${of} keys are not needed`);
    this.useless = useless;
    this.of = of;
  }
}

/**
 * Destroys each key that nobody needs. It is retired first, so that whatever begins from then on has another
 * one, and destroyed when it is still not needed a while later: by then everything is known that has begun
 * with it.
 *
 * @throws MostAreUseless, and nothing has been done
 */
export async function purge(
  store: KeyStore,
  { findNeeded, pause, isSure = false }: ScanOptions,
): Promise<Swept> {
  const names = await listNames(store);
  const needed = await findNeeded();
  const kept = new Set([...needed].flatMap((name) => [name, retiredName(name)]));
  const unneeded = names.filter((name) => !kept.has(name)).length;
  const areMost = unneeded > aHandful && unneeded * 2 > names.length;
  if (areMost && !isSure) throw new MostAreUseless(unneeded, names.length);
  for (const name of names) {
    if (!needed.has(name) && !isRetired(name)) await store.retire(name);
  }
  const retired = (await listNames(store)).filter(isRetired);
  await pause();
  const stillNeeded = new Set([...(await findNeeded())].map(retiredName));
  const useless = retired.filter((name) => !stillNeeded.has(name));
  const destroyed = await store.destroy(useless);
  return { destroyed, kept: (await listNames(store)).length };
}

async function listNames(store: KeyStore): Promise<readonly string[]> {
  const names = new Set<string>();
  for await (const { under } of store.list()) names.add(under);
  return [...names];
}
