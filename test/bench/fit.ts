/** What a cost grows like: a power of what it is measured over, by least squares on logarithms. Pure. */

export type Point = { readonly x: number; readonly y: number };

/** The exponent p of y ~ x^p. @throws with fewer than two different x, or with what is not above 0 */
export function exponentOf(points: readonly Point[]): number {
  if (points.some(({ x, y }) => !(x > 0 && y > 0))) throw new RangeError('only what is above 0');
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mean = (of: 'x' | 'y') => logs.reduce((sum, one) => sum + one[of], 0) / logs.length;
  const middle = { x: mean('x'), y: mean('y') };
  const sum = (of: (one: Point) => number) => logs.reduce((all, one) => all + of(one), 0);
  const spread = sum(({ x }) => (x - middle.x) ** 2);
  if (!(spread > 0)) throw new RangeError('two different places are needed');
  return sum(({ x, y }) => (x - middle.x) * (y - middle.y)) / spread;
}

/**
 * The exponent where it grows most, between two neighbours. Over all of it, what is fixed and there from
 * the first would hide what each one more costs.
 */
export function steepestOf(points: readonly Point[]): number {
  const slopes = points.slice(1).map((_, at) => exponentOf(points.slice(at, at + 2)));
  return Math.max(...slopes);
}

const names: readonly (readonly [number, string])[] = [
  [0, 'O(1)'],
  [0.5, 'O(√n)'],
  [1, 'O(n)'],
  [2, 'O(n²)'],
];

/** The nearest of the names one knows: a measured exponent is never exactly one of them. */
export function growsLike(exponent: number): string {
  const distance = ([of]: readonly [number, string]) => Math.abs(of - exponent);
  const [nearest] = [...names].sort((a, b) => distance(a) - distance(b));
  return exponent < -0.25 ? 'falls' : (nearest?.[1] ?? '');
}
