/** Opening hours of a source, in its own time zone. Pure. Luxon handles daylight-saving time. */
import { DateTime, Interval } from 'luxon';
import { z } from 'zod';

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const clock = '([01]\\d|2[0-3]):[0-5]\\d|24:00';
/** `09:00-18:00`, several with commas; the end may be `24:00`. */
const spans = z
  .string()
  .regex(new RegExp(`^(${clock})-(${clock})(, ?(${clock})-(${clock}))*$`), 'expected 09:00-18:00')
  .refine(
    (text) => parseSpans(text).every(({ from, to }) => from < to),
    'each must end after it begins; hours past midnight are two spans',
  );

export const hoursSchema = z.strictObject({
  timeZone: z.string().refine((zone) => DateTime.local({ zone }).isValid, 'no such time zone'),
  /** Days that are not listed are closed. */
  week: z.partialRecord(z.enum(days), spans),
  /** Closed dates, `2026-12-25`. */
  holidays: z.array(z.iso.date()).default([]),
  /** Language of the next opening time in texts to customers. */
  locale: z.string().min(2).default('en'),
});
export type Hours = z.output<typeof hoursSchema>;

export type Opening = {
  readonly isOpen: boolean;
  /** Next opening, formatted for customers; absent when there is none within two weeks. */
  readonly opens?: string;
};

export function openingAt(hours: Hours, now: number): Opening {
  const at = DateTime.fromMillis(now, { zone: hours.timeZone });
  const isOpen = openSpans(hours, at).some((span) => span.contains(at));
  if (isOpen) return { isOpen };
  const next = nextOpening(hours, at);
  if (!next) return { isOpen };
  const words = next.hasSame(at, 'day')
    ? next.toLocaleString(DateTime.TIME_SIMPLE, { locale: hours.locale })
    : next.toLocaleString(
        { weekday: 'long', hour: 'numeric', minute: '2-digit' },
        { locale: hours.locale },
      );
  return { isOpen, opens: words };
}

/** Next opening or closing, Unix milliseconds; absent when there is none within two weeks. */
export function nextChangeAt(hours: Hours, now: number): number | undefined {
  const at = DateTime.fromMillis(now, { zone: hours.timeZone });
  const current = openSpans(hours, at).find((span) => span.contains(at));
  return (current?.end ?? nextOpening(hours, at))?.toMillis();
}

const horizon = 14;

function nextOpening(hours: Hours, at: DateTime): DateTime | undefined {
  for (let day = 0; day <= horizon; day += 1) {
    const starts = openSpans(hours, at.plus({ days: day })).flatMap(({ start }) => start ?? []);
    const next = starts.find((start) => start > at);
    if (next) return next;
  }
  return undefined;
}

/** The opening times of that day, in order. */
function openSpans(hours: Hours, at: DateTime): readonly Interval[] {
  const isHoliday = hours.holidays.includes(at.toISODate() ?? '');
  const text = hours.week[days[at.weekday - 1] ?? 'mon'];
  if (isHoliday || text === undefined) return [];
  const midnight = at.startOf('day');
  // In local time: on the day daylight-saving time begins, 09:00 is eight hours after midnight.
  const wall = (minutes: number) =>
    minutes === 24 * 60
      ? midnight.plus({ days: 1 })
      : midnight.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  return parseSpans(text).map(({ from, to }) => Interval.fromDateTimes(wall(from), wall(to)));
}

/** Minutes of the day in local time, in order; none for an empty text. */
export function parseSpans(
  text: string,
): readonly { readonly from: number; readonly to: number }[] {
  const minutes = (time: string) => {
    const [hour = '0', minute = '0'] = time.split(':');
    return Number(hour) * 60 + Number(minute);
  };
  if (text === '') return [];
  return text
    .split(',')
    .map((span) => span.trim().split('-'))
    .map(([from = '', to = '']) => ({ from: minutes(from), to: minutes(to) }))
    .sort((a, b) => a.from - b.from);
}
