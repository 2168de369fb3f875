/** Waits for a condition by asking repeatedly, for programs that run outside vitest (`eventually.ts` is for tests). */
import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is defined. @throws after three minutes, unless `within` says otherwise */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { within = 180_000, every = 50 } = {},
): Promise<T> {
  const end = performance.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(every);
  }
}

export async function inBatches<T>(
  items: readonly T[],
  size: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) {
    await Promise.all(items.slice(from, from + size).map(act));
  }
}
