/**
 * Waits for what a user would see: asks again and again, ever less often, until the answer is as expected.
 * How fast the machine is decides nothing; the limit only ends a test that has failed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';

type Eventually = <T>(ask: () => T) => ReturnType<typeof expect.poll<T>>;

/** Milliseconds; no result depends on it. */
export const limit = 200_000;
const shortest = 10;
const growth = 1.25;
const longest = 200;

/**
 * `await eventually(() => ana.phase()).toBe('agent')`. Takes every matcher of `expect`, and `not`. What `ask`
 * throws counts as an answer that is not as expected.
 *
 * @throws the last failure, when the limit is over
 */
export const eventually: Eventually = (ask) => matchers(ask, false);

function matchers(ask: () => unknown, isNegated: boolean): ReturnType<Eventually> {
  return new Proxy({} as ReturnType<Eventually>, {
    get(_, name) {
      if (name === 'not') return matchers(ask, true);
      return (...args: unknown[]) => untilHolds(ask, (seen) => match(seen, name, args, isNegated));
    },
  });
}

function match(seen: unknown, name: string | symbol, args: unknown[], isNegated: boolean): void {
  const assertion = isNegated ? expect(seen).not : expect(seen);
  const matcher = Reflect.get(assertion, name) as (...args: unknown[]) => void;
  matcher.apply(assertion, args);
}

async function untilHolds(ask: () => unknown, check: (seen: unknown) => void): Promise<void> {
  const until = Date.now() + limit;
  for (let wait = shortest; ; wait = Math.min(wait * growth, longest)) {
    try {
      check(await ask());
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await pause(wait);
  }
}
