/** Maintenance of a key store: rewrapping and purging. Both are idempotent. */
import type { Keyring } from './keyring.js';
import { isRetired, retiredName, type KeyStore } from './key-store.js';
import { boundTo } from './master-key.js';

export type Rewrapped = { readonly rewrapped: number; readonly already: number };

/** Rewraps every key, the root key included, that is not wrapped with the newest master key. */
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
  /** Names of all keys that are needed now, according to searches. */
  readonly findNeeded: () => Promise<ReadonlySet<string>>;
  /** Longer than the delay of searches and than the lifetime of cached keys. */
  readonly pause: () => Promise<unknown>;
  /** Confirms a purge of most of the keys. */
  readonly isSure?: boolean;
};

/** Up to this number, a majority of the keys is not suspicious. */
const aHandful = 5;

/** Most keys appear unused: either true, or the searches looked at the wrong namespace. */
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
 * Destroys all unused keys. Each is retired first, so that workflows that start afterwards get a new key,
 * and destroyed if it is still unused after the pause, when searches know all workflows that started with
 * it.
 *
 * @throws MostAreUseless before any change
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
