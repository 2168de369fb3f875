/** A figure's numbers as they are written on axes and in tables. Pure. */
import { inWords } from '../parts/duration.js';
import type { Unit } from './figures.js';

export function written(value: number | null, unit: Unit): string {
  if (value === null) return '–';
  if (unit === 'seconds') return inWords(value * 1_000);
  return unit === 'percent' ? `${Math.round(value)} %` : String(Math.round(value * 10) / 10);
}
