/**
 * Computes working time from opening hours. Pure: exact over daylight-saving changes and holidays, without a
 * time zone database. All times are Unix milliseconds.
 *
 * Without opening hours all time is working time. The same holds for hours that do not open within a year, so
 * that an escalation always comes.
 */
import type { OpeningHours } from '../contract/opening-hours.js';

type Hours = OpeningHours | undefined;
type Opening = { readonly from: number; readonly to: number };

const minute = 60_000;
const day = 24 * 60 * minute;
const horizonDays = 366;
/** Weekday of 1970-01-01, counted from Monday as 0. */
const firstWeekday = 3;

/** The given time if it is within the hours, otherwise the next opening. */
export function nextOpenAt(hours: Hours, at: number): number {
  if (!hours) return at;
  for (const { from, to } of openingsFrom(hours, at)) {
    if (to > at) return Math.max(from, at);
  }
  return at;
}

/**
 * The time at which `amount` milliseconds of working time have passed since `since`. It is always within the
 * hours: an amount that ends at a closing ends at the next opening.
 */
export function afterWorkingTime(hours: Hours, since: number, amount: number): number {
  if (!hours) return since + amount;
  let left = amount;
  let end = since;
  for (const { from, to } of openingsFrom(hours, since)) {
    const begin = Math.max(from, since);
    if (to <= begin) continue;
    if (left < to - begin) return begin + left;
    left -= to - begin;
    end = to;
  }
  return end + left;
}

/** Openings in order, from the day before the given time, for a year. */
function* openingsFrom(hours: OpeningHours, at: number): Generator<Opening> {
  const today = Math.floor((at + offsetAt(hours, at)) / day);
  for (let date = today - 1; date <= today + horizonDays; date += 1) yield* openingsOf(hours, date);
}

/** Openings of one local day, given as the number of days since 1970-01-01. */
function openingsOf(hours: OpeningHours, date: number): readonly Opening[] {
  if (hours.holidays.includes(date)) return [];
  const weekday = (((date + firstWeekday) % 7) + 7) % 7;
  const local = (minutes: number) => toInstant(hours, date * day + minutes * minute);
  return (hours.week[weekday] ?? []).map(([from, to]) => ({ from: local(from), to: local(to) }));
}

/**
 * The instant of a local time, given as milliseconds of a clock that shows it. A time that occurs twice is its
 * first occurrence; a time that is skipped is as much later.
 */
function toInstant(hours: OpeningHours, local: number): number {
  const early = local - offsetAt(hours, local - day);
  const offset = offsetAt(hours, early);
  const late = local - offset;
  return offsetAt(hours, late) === offset ? late : early;
}

/** Local time minus UTC, in milliseconds. */
function offsetAt({ offsets }: OpeningHours, at: number): number {
  const [, minutes] = offsets.findLast(([since]) => since <= at) ?? offsets[0] ?? [0, 0];
  return minutes * minute;
}
