/** Paging of lists: 30 records by default, at most 150. */
import { text, type Parameters } from './parameters.js';

export type Page<T> = { count: number; offset: number; limit: number; records: readonly T[] };

export function paginate<T, S>(
  items: readonly T[],
  parameters: Parameters,
  show: (item: T) => S,
): Page<S> {
  const offset = number(text(parameters, 'offset'), 0);
  const limit = Math.min(number(text(parameters, 'limit'), 30), 150);
  const records = items.slice(offset, offset + limit).map(show);
  return { count: items.length, offset, limit, records };
}

function number(value: string | undefined, fallback: number): number {
  const parsed = Number(value ?? fallback);
  return Number.isInteger(parsed) && parsed >= 0 ? parsed : fallback;
}
