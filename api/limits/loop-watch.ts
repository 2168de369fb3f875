/**
 * Measures the delay of the event loop: while the loop is busy, its timers fire late, and a request that
 * is served now may have waited for as long as the last timer is overdue.
 */
const every = 10;

/**
 * Starts the measurement, without keeping the process alive. @returns milliseconds, 0 while no timer is
 * overdue
 */
export function watchLoop(now: () => number = () => performance.now()): () => number {
  let rangAt = now();
  setInterval(() => (rangAt = now()), every).unref();
  return () => Math.max(0, now() - rangAt - every);
}
