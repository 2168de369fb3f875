/** What a cost grows like, found again where it is known; and the picture of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentOf, growsLike, steepestOf } from './fit.js';
import { plot } from './plot.js';

const sizes = [10, 100, 1_000, 10_000];

describe('the exponent', () => {
  it('is that of a power, whatever its factor', () => {
    const factor = fc.double({ min: 0.001, max: 1_000, noNaN: true });
    const power = fc.double({ min: -1, max: 3, noNaN: true });
    fc.assert(
      fc.property(factor, power, (by, p) => {
        const points = sizes.map((x) => ({ x, y: by * x ** p }));
        expect(exponentOf(points)).toBeCloseTo(p, 6);
      }),
    );
  });

  it('of one place, of nothing, or of a cost of nothing is refused', () => {
    expect(() => exponentOf([])).toThrow('two different places');
    expect(() => exponentOf([{ x: 5, y: 1 }])).toThrow('two different places');
    expect(() => exponentOf([{ x: 5, y: 0 }])).toThrow('above 0');
  });

  it('is that of the steepest stretch where something is fixed: over all it would look like nothing', () => {
    const points = sizes.map((x) => ({ x, y: 2_000 + x }));
    expect(growsLike(exponentOf(points))).toBe('O(1)');
    expect(steepestOf(points)).toBeCloseTo(Math.log10(12_000 / 3_000), 6);
    expect(growsLike(steepestOf(points))).toBe('O(√n)');
  });

  it('has the nearest name', () => {
    const named = [-0.5, -0.1, 0.2, 0.3, 0.6, 0.9, 1.2, 1.9].map(growsLike);
    expect(named).toEqual([
      ...['falls', 'O(1)', 'O(1)', 'O(√n)', 'O(√n)'],
      ...['O(n)', 'O(n)', 'O(n²)'],
    ]);
  });
});

describe('the plot', () => {
  const points = [1, 3, 2, 8].map((y, at) => ({ x: sizes[at] ?? 1, y }));
  const series = { title: 'a <turn>', unit: 'ms', says: 'O(1)', over: 'threads', points };

  it('has a panel a series, a mark a point, and what it grows like', () => {
    const picture = plot('Growth', [series, series]);
    expect(picture.match(/<polyline/g)).toHaveLength(2);
    expect(picture.match(/<circle/g)).toHaveLength(8);
    expect(picture).toContain('a &lt;turn>, ms');
    expect(picture).toContain('O(1)');
  });

  it('puts what is more further up, and larger sizes further right', () => {
    const spots = [...plot('', [series]).matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)];
    const [across, up] = [1, 2].map((at) => spots.map((spot) => Number(spot[at])));
    expect(across).toEqual([...(across ?? [])].sort((a, b) => a - b));
    expect(up?.[3]).toBeLessThan(up?.[1] ?? 0);
    expect(up?.[1]).toBeLessThan(up?.[0] ?? 0);
  });
});
