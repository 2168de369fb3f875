/**
 * Baton's current time, because the viewer's clock may be wrong. It is read from the answers, to the
 * second; differences below `negligible` are not corrected.
 */
const negligible = 2_000;
let ahead = 0;

export function setServerTime(date: string | null): void {
  const at = date === null ? NaN : Date.parse(date);
  if (Number.isNaN(at)) return;
  const difference = at - Date.now();
  ahead = Math.abs(difference) > negligible ? difference : 0;
}

export function serverNow(): number {
  return Date.now() + ahead;
}
