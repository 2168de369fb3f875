/** The benches' statistics, by numbers that can be reckoned by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, percentile, ratio } from './statistics.js';

describe('a median', () => {
  it('is the one in the middle, whatever the order', () => {
    expect(median([5, 1, 9])).toBe(5);
  });

  it('lies between the two in the middle of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow('there are no values');
  });
});

describe('a percentile', () => {
  it('is the least, the greatest, or between neighbours by their distance', () => {
    const values = [10, 20, 30, 40, 50];
    expect(percentile(values, 0)).toBe(10);
    expect(percentile(values, 1)).toBe(50);
    expect(percentile(values, 0.9)).toBeCloseTo(46);
  });

  it('leaves what it was given in its order', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it('is never outside its values, and never less than a lower one', () => {
    const some = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(some, share, share, (values, one, other) => {
        const low = percentile(values, Math.min(one, other));
        const high = percentile(values, Math.max(one, other));
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
        expect(low).toBeLessThanOrEqual(high + 1e-9);
      }),
    );
  });

  it('takes shares, not hundreds', () => {
    expect(() => percentile([1], 99)).toThrow('99 is not between 0 and 1');
  });
});

describe('a ratio', () => {
  it('says how much more', () => {
    expect(ratio(3, 2)).toBe(1.5);
  });

  it('to nothing is refused', () => {
    expect(() => ratio(3, 0)).toThrow('a ratio to 0 means nothing');
  });
});
