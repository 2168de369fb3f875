/**
 * How far this process is behind: while its event loop works off what has come, its timers do not ring, and
 * whoever is served now may have waited as long as the last ring is overdue.
 */
const every = 10;

/** Begins to watch, and keeps no process alive. @returns milliseconds, 0 while nothing is overdue */
export function watchLoop(now: () => number = () => performance.now()): () => number {
  let rangAt = now();
  setInterval(() => (rangAt = now()), every).unref();
  return () => Math.max(0, now() - rangAt - every);
}
