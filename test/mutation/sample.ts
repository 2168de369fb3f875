/** A sample that a seed repeats: every mutant has the same chance, and a larger sample contains the smaller one. */
import { createHash } from 'node:crypto';

export function sample<T>(all: readonly T[], size: number, seed: number): readonly T[] {
  const drawn = all
    .map((one) => ({ one, at: rank(one, seed) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  return drawn.slice(0, size).map(({ one }) => one);
}

function rank(one: unknown, seed: number): string {
  return createHash('sha256')
    .update(`${seed} ${JSON.stringify(one)}`)
    .digest('hex');
}
