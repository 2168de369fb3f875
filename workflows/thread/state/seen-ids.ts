/**
 * Keys of the events this thread has received. Keys are forgotten at least 26 hours after the last use
 * of their chunk, or, beyond 20,000 keys (10,000 events), oldest first.
 *
 * The set is split into chunks so that an addition does not copy all of it.
 */
import { rememberFor } from '../../contract/remembered-time.js';

export type SeenIds = readonly Chunk[];
type Chunk = { readonly until: number; readonly keys: Readonly<Record<string, 1>> };
const chunkSize = 200;
const chunkLimit = 100;

export function hasSeen(seen: SeenIds, key: string): boolean {
  return seen.some((chunk) => Object.hasOwn(chunk.keys, key));
}

export function addSeen(seen: SeenIds, keys: readonly string[], now: number): SeenIds {
  const last = seen.at(-1);
  const added: Record<string, 1> = Object.fromEntries(keys.map((key) => [key, 1] as const));
  if (last && Object.keys(last.keys).length + keys.length <= chunkSize) {
    return [...seen.slice(0, -1), { until: now, keys: { ...last.keys, ...added } }];
  }
  const kept = seen.filter((chunk) => chunk.until >= now - rememberFor);
  return [...kept.slice(1 - chunkLimit), { until: now, keys: added }];
}
