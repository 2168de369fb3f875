/** Chance that can be had again: the same seed, the same numbers. */
export type Seeded = {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** Words of nobody, about so many characters. */
  text(length: number): string;
};

const words = 'parcel invoice address tomorrow shop open colour size order number thank late blue';

export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  // Mulberry32: small, and random enough for texts and orders.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const all = words.split(' ');
  const text = (length: number) => {
    let said = '';
    while (said.length < length) said += `${all[Math.floor(next() * all.length)] ?? ''} `;
    return said.slice(0, length).trimEnd();
  };
  return { next, text };
}
