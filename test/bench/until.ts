/** Waiting for what will come to be, without knowing when. */
const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

/** Asks until it answers with something. @throws when nothing has come in three minutes: no machine is so slow */
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

/** For bounded memory: so many at a time. */
export async function inBatches<T>(
  items: readonly T[],
  size: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) {
    await Promise.all(items.slice(from, from + size).map(act));
  }
}
