/** Formats a figure's numbers for axes and tables. Pure. */
import { formatDuration } from '../parts/duration.js';
import type { Unit } from './figures.js';

/** Steps of an axis of counts: integers only. */
export const wholes = [
  1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000,
];

export function written(value: number | null, unit: Unit): string {
  if (value === null) return '–';
  if (unit === 'seconds') return formatDuration(value * 1_000);
  return unit === 'percent' ? `${Math.round(value)} %` : String(Math.round(value * 10) / 10);
}
