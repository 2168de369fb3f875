/** The one generator of random numbers of a simulated world: the same seed gives the same numbers. */
export type Random = {
  /** At least 0, less than 1. */
  next(): number;
  /** An integer from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(of: readonly T[]): T;
  /** A time between the two, short ones more often: as latencies are. */
  skewed(least: number, most: number): number;
  /** A generator of its own, so that one part's draws do not change another's. */
  fork(name: string): Random;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // Mulberry32: 32 bits of state, passes the usual statistical tests.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick<T>(of: readonly T[]): T {
      const one = of[integer(0, of.length - 1)];
      if (one === undefined) throw new RangeError('nothing to pick from');
      return one;
    },
    skewed: (least, most) => least + Math.floor((most - least) * next() ** 3),
    fork: (name) => createRandom(hash(`${seed}:${name}`)),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  }
  return sum >>> 0;
}
