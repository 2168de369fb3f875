/**
 * What time it is at Baton: a viewer's clock may be wrong, and waiting times are counted from Baton's. Told
 * by the answers themselves, to the second; smaller differences are not corrected.
 */
const negligible = 2_000;
let ahead = 0;

export function hearServerTime(date: string | null): void {
  const at = date === null ? NaN : Date.parse(date);
  if (Number.isNaN(at)) return;
  const difference = at - Date.now();
  ahead = Math.abs(difference) > negligible ? difference : 0;
}

export function serverNow(): number {
  return Date.now() + ahead;
}
