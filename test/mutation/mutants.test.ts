/** What the mutation run changes, and that a sample is the same for the same seed. */
import { describe, expect, it } from 'vitest';
import { applyMutant, mutantsOf } from './mutants.js';
import { sample } from './sample.js';

const changesOf = (source: string) =>
  mutantsOf('a.ts', source).map((mutant) => applyMutant(source, mutant));

describe('the mutants of a source', () => {
  it.each([
    ['const a = b === c;', ['const a = b !== c;']],
    ['const a = b < c;', ['const a = b >= c;', 'const a = b <= c;']],
    ['const a = b && c;', ['const a = b || c;']],
    ['const a = !b;', ['const a = b;']],
    ['if (a) b();', ['if (false) b();']],
    ['const a = b ? c : d;', ['const a = (d);', 'const a = (c);']],
    ['const a = 26;', ['const a = (26 * 100 + 1);']],
    ['const a = { b, c };', ['const a = {  c };', 'const a = { b,  };']],
    ['const a = b.filter(c);', ['const a = b;']],
    ['const a = note(state, b);', ['const a = state;']],
  ])('%s', (source, expected) => {
    expect(changesOf(source)).toEqual(expected);
  });

  it('leave types, imports and words alone', () => {
    expect(changesOf("import { a } from 'b';\ntype C = 'd' | 'e';\nconst f = 'g';")).toEqual([]);
  });
  it('name the line', () => {
    expect(mutantsOf('a.ts', 'const a = 1;\nconst b = !a;').map(({ line }) => line)).toEqual([
      1, 2,
    ]);
  });
});

describe('a sample', () => {
  const all = Array.from({ length: 100 }, (_, i) => ({ i }));
  it('is repeated by its seed, and a larger one contains it', () => {
    expect(sample(all, 20, 1).slice(0, 10)).toEqual(sample(all, 10, 1));
    expect(sample(all, 10, 2)).not.toEqual(sample(all, 10, 1));
  });
});
