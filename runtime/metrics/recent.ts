/**
 * Counts events within the last minute, with a precision of a second, in constant memory. Pure but for its
 * clock.
 */

const window = 60;

export type Recent = { add(): void; count(): number };

/** @param now Unix milliseconds */
export function createRecent(now: () => number): Recent {
  const seconds = new Map<number, number>();
  const second = () => Math.floor(now() / 1_000);
  const forget = () => {
    const oldest = second() - window;
    for (const one of seconds.keys()) if (one <= oldest) seconds.delete(one);
  };
  return {
    add() {
      forget();
      seconds.set(second(), (seconds.get(second()) ?? 0) + 1);
    },
    count() {
      forget();
      return [...seconds.values()].reduce((sum, one) => sum + one, 0);
    },
  };
}
