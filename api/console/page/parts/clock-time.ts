/** Formats times for the viewer: local, 24 hours, with the day only when it is not today. */
const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const clockFormat = new Intl.DateTimeFormat('en-GB', { ...clock, second: '2-digit' });
const shortFormat = new Intl.DateTimeFormat('en-GB', clock);
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const yearFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

export function clockTime(at: number, now: number): string {
  if (dayFormat.format(at) === dayFormat.format(now) && now - at < 86_400_000) {
    return clockFormat.format(at);
  }
  const isLongAgo = Math.abs(now - at) > 300 * 86_400_000;
  const day = isLongAgo ? yearFormat.format(at) : dayFormat.format(at);
  return `${day}, ${shortFormat.format(at)}`;
}
