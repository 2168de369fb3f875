/**
 * A process's cache of keys: entries expire after a short time, and the least recently used ones are
 * evicted. Concurrent callers share one read of the same key.
 */
import type { DataKey } from './data-key.js';

export type KeyCache = {
  recall(name: string): Promise<DataKey | undefined> | undefined;
  remember(name: string, found: Promise<DataKey | undefined>): Promise<DataKey | undefined>;
  forget(names: readonly string[]): void;
};

type CachedKey = { readonly until: number; readonly found: Promise<DataKey | undefined> };

export function createKeyCache(life: number, most: number): KeyCache {
  // Oldest first.
  const known = new Map<string, CachedKey>();
  return {
    recall(name) {
      const one = known.get(name);
      return one && one.until > performance.now() ? one.found : undefined;
    },
    remember(name, found) {
      known.delete(name);
      known.set(name, { until: performance.now() + life, found });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
      // A missing key may be created at any moment, and a store that failed may recover: neither is cached.
      const forget = () => known.get(name)?.found === found && known.delete(name);
      found.then((key) => !key && forget(), forget);
      return found;
    },
    forget(names) {
      for (const name of names) known.delete(name);
    },
  };
}
