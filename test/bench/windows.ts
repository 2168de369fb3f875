/** Counts over time: how many in the busiest stretch, and in all of a span. Pure. */

/** The most that lie within one stretch of this length, wherever it begins: (start, start + length]. */
export function mostWithin(times: readonly number[], length: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((at, index) => {
    while ((sorted[first] ?? at) <= at - length) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/** How many lie from the one moment on, and before the other. */
export function countWithin(times: readonly number[], from: number, to: number): number {
  return times.filter((at) => at >= from && at < to).length;
}
