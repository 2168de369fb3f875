/** Formats durations in their two largest units. Pure. */
const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** Formats as `3 min 05 s`; below a second, or negative, as `0 s`. @param length milliseconds */
export function formatDuration(length: number): string {
  const seconds = Math.max(0, Math.floor(length / 1_000));
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first === -1) return '0 s';
  const [larger, smaller] = [units[first], units[first + 1]];
  if (!larger) return '0 s';
  const [unit, size] = larger;
  const whole = `${Math.floor(seconds / size)} ${unit}`;
  if (!smaller) return whole;
  const rest = Math.floor((seconds % size) / smaller[1]);
  return rest === 0 ? whole : `${whole} ${String(rest).padStart(2, '0')} ${smaller[0]}`;
}

/** Formats as `in 3 min 05 s`, or `now` when the time has passed. */
export function untilWords(at: number, now: number): string {
  return at - now < 1_000 ? 'now' : `in ${formatDuration(at - now)}`;
}
