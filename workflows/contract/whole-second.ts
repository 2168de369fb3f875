/** The platform dates contents to the second, rounded down. Milliseconds in and out. */
export function wholeSecond(time: number): number {
  return Math.floor(time / 1000) * 1000;
}
