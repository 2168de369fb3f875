/** The few statistics the benches need. Pure; all throw on no values, because a figure of nothing is a lie. */

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** `share` from 0 to 1, between neighbours by their distance: 0.99 is the 99th percentile. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('there are no values');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`${share} is not between 0 and 1`);
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** How much more the subject is than its baseline. @throws when the baseline is nothing */
export function ratio(subject: number, baseline: number): number {
  if (!(baseline > 0)) throw new RangeError(`a ratio to ${baseline} means nothing`);
  return subject / baseline;
}
