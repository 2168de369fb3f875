/** Pause of the poller after failures. Pure. */
const slowest = 30_000;

/** Milliseconds to wait after this number of consecutive failures. */
export function waitAfter(every: number, failures: number): number {
  return Math.min(every * 2 ** failures, Math.max(slowest, every));
}
