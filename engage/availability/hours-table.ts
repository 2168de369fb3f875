/**
 * Opening hours as a table of numbers, for code that has no time zone database. Pure; `openingAt` in
 * `hours.ts` and the table agree at every time from a year before to five years after `now`. Later, the last
 * offset holds; a thread has a new table with each run.
 */
import { DateTime } from 'luxon';
import { days, parseSpans, type Hours } from './hours.js';

type Span = readonly [from: number, to: number];
type ZoneOffset = readonly [since: number, minutes: number];

type HoursTable = ReturnType<typeof build>;

/** Each thread asks for the table when a run begins: it is built once a year. */
const built = new WeakMap<Hours, { readonly year: number; readonly table: HoursTable }>();

/** The shape is `OpeningHours` of the workflows' contract. @param now Unix milliseconds */
export function hoursTable(hours: Hours, now: number): HoursTable {
  const year = new Date(now).getUTCFullYear();
  const known = built.get(hours);
  if (known?.year === year) return known.table;
  const table = build(hours, year);
  built.set(hours, { year, table });
  return table;
}

function build({ timeZone, week, holidays }: Hours, year: number) {
  return {
    week: days.map((name) => joined(parseSpans(week[name] ?? ''))),
    holidays: holidays.map((date) => Date.parse(`${date}T00:00:00Z`) / dayLength),
    offsets: offsetsIn(timeZone, Date.UTC(year - 1), Date.UTC(year + 5)),
  };
}

/** Overlapping spans become one, so that no minute counts twice. */
function joined(spans: readonly { readonly from: number; readonly to: number }[]): Span[] {
  return spans.reduce<Span[]>((before, { from, to }) => {
    const last = before.at(-1);
    if (!last || from > last[1]) return [...before, [from, to]];
    return [...before.slice(0, -1), [last[0], Math.max(last[1], to)]];
  }, []);
}

const dayLength = 24 * 60 * 60_000;
/** No zone changes its clock twice within a week. */
const stride = 7 * dayLength;

/** The offsets of a zone: the one at the start, and each later one from the millisecond of its change. */
function offsetsIn(zone: string, from: number, to: number): readonly ZoneOffset[] {
  const offsetAt = (at: number) => DateTime.fromMillis(at, { zone }).offset;
  const found: ZoneOffset[] = [[from, offsetAt(from)]];
  for (let at = from + stride; at < to + stride; at += stride) {
    const minutes = offsetAt(at);
    if (minutes === found.at(-1)?.[1]) continue;
    found.push([changeBetween(offsetAt, at - stride, at), minutes]);
  }
  return found;
}

function changeBetween(offsetAt: (at: number) => number, from: number, to: number): number {
  const before = offsetAt(from);
  let [early, late] = [from, to];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(middle) === before) early = middle;
    else late = middle;
  }
  return late;
}
