/**
 * Two things compared on a machine that others use too: in turns, A B B A, so that whatever slowly
 * grows or slows down falls on both alike.
 */
export type Side = 'a' | 'b';

/** The order of so many rounds of each side: A B B A B A A B …, beginning with A or, turned round, with B. */
export function abba(rounds: number, first: Side = 'a'): readonly Side[] {
  const other = first === 'a' ? 'b' : 'a';
  // In blocks of four; every second block is turned round, so that neither side always ends one.
  return Array.from({ length: 2 * rounds }, (_, at) => {
    const isTurned = Math.floor(at / 4) % 2 === 1;
    const isOuter = at % 4 === 0 || at % 4 === 3;
    return isOuter === isTurned ? other : first;
  });
}

export type Sides<T> = { readonly a: () => Promise<T>; readonly b: () => Promise<T> };

/** What each round of each side gave, in order. `rounds` is even, or the sides would not balance. */
export async function inTurns<T>(
  rounds: number,
  sides: Sides<T>,
  first: Side = 'a',
): Promise<{ readonly a: readonly T[]; readonly b: readonly T[] }> {
  if (rounds % 2 !== 0) throw new RangeError(`${rounds} rounds are not even`);
  const results: { readonly a: T[]; readonly b: T[] } = { a: [], b: [] };
  for (const side of abba(rounds, first)) results[side].push(await sides[side]());
  return results;
}
