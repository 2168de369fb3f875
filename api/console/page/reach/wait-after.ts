/** How patiently Baton is asked again. Pure. */
const slowest = 30_000;

/** Milliseconds to wait after so many failures in a row. */
export function waitAfter(every: number, failures: number): number {
  return Math.min(every * 2 ** failures, Math.max(slowest, every));
}
