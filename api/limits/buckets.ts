/**
 * Token buckets per caller in constant memory: a fixed number of slots, and each name hashes to one. Two
 * names in the same slot share its tokens, so that a limit may apply too early but never too late. The
 * hash seed differs in each process.
 */
import { randomInt } from 'node:crypto';

export type Rate = {
  /** Maximum burst. */
  readonly atOnce: number;
  /** Refill per minute. */
  readonly perMinute: number;
};

export type Buckets = {
  /** Takes a token. @returns 0, or the seconds until the next token */
  take(name: string): number;
  /** The same without taking it. */
  wait(name: string): number;
};

export type BucketsOptions = { readonly slots?: number; readonly now?: () => number };

const minute = 60_000;

export function createBuckets(
  { atOnce, perMinute }: Rate,
  { slots = 2_048, now = () => performance.now() }: BucketsOptions = {},
): Buckets {
  const tokens = new Float64Array(slots).fill(atOnce);
  const lookedAt = new Float64Array(slots).fill(now());
  const seed = randomInt(2 ** 32);
  const refill = (slot: number) => {
    const at = now();
    const earned = ((at - (lookedAt[slot] ?? at)) * perMinute) / minute;
    lookedAt[slot] = at;
    const left = Math.min(atOnce, (tokens[slot] ?? 0) + earned);
    tokens[slot] = left;
    return left;
  };
  const secondsUntilOne = (left: number) =>
    left >= 1 ? 0 : Math.ceil(((1 - left) * minute) / perMinute / 1_000);
  return {
    wait: (name) => secondsUntilOne(refill(slotOf(name, seed) % slots)),
    take(name) {
      const slot = slotOf(name, seed) % slots;
      const left = refill(slot);
      if (left >= 1) tokens[slot] = left - 1;
      return secondsUntilOne(left);
    },
  };
}

/** FNV-1a with a secret seed. */
function slotOf(name: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
