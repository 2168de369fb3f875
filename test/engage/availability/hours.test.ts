/** Opening hours by their table: the minute before and after, the days the clocks change, holidays. */
import { describe, expect, it } from 'vitest';
import { hoursSchema, openingAt } from '../../../engage/availability/hours.js';
import { hoursTable } from '../../../engage/availability/hours-table.js';

const hours = hoursSchema.parse({
  timeZone: 'Europe/Berlin',
  week: { mon: '09:00-18:00', fri: '09:00-12:00, 13:00-24:00', sun: '09:00-12:00' },
  holidays: ['2026-12-25'],
});
const at = (time: string) => openingAt(hours, Date.parse(time));

describe('an ordinary week', () => {
  it.each([
    ['a minute before opening', '2026-11-23T08:59:00+01:00', { isOpen: false, opens: '9:00 AM' }],
    ['on opening', '2026-11-23T09:00:00+01:00', { isOpen: true }],
    ['a minute before closing', '2026-11-23T17:59:00+01:00', { isOpen: true }],
    ['on closing', '2026-11-23T18:00:00+01:00', { isOpen: false, opens: 'Friday 9:00 AM' }],
    ['in the lunch break', '2026-11-27T12:30:00+01:00', { isOpen: false, opens: '1:00 PM' }],
    ['at the end of the day', '2026-11-27T23:59:59+01:00', { isOpen: true }],
    ['past midnight', '2026-11-28T00:00:00+01:00', { isOpen: false, opens: 'Sunday 9:00 AM' }],
    ['elsewhere on the globe', '2026-11-23T03:00:00-05:00', { isOpen: true }],
  ])('%s', (_, time, opening) => {
    const found = at(time);
    expect({ ...found, ...(found.opens && { opens: plain(found.opens) }) }).toEqual(opening);
  });
});

describe('the days the clocks change', () => {
  it.each([
    // Summer time begins on 29 March 2026, and ends on 25 October 2026, both Sundays.
    ['before opening, one hour short of a day', '2026-03-29T06:59:00Z', false],
    ['on opening', '2026-03-29T07:00:00Z', true],
    ['before opening, one hour more than a day', '2026-10-25T07:59:00Z', false],
    ['on opening again', '2026-10-25T08:00:00Z', true],
  ])('%s', (_, time, isOpen) => {
    expect(at(time).isOpen).toBe(isOpen);
  });
});

it('opens and closes at the minute', () => {
  const half = hoursSchema.parse({ timeZone: 'UTC', week: { mon: '09:30-12:45' } });
  const isOpenAt = (time: string) => openingAt(half, Date.parse(`2026-11-23T${time}Z`)).isOpen;
  const times = ['08:30:00', '09:29:59', '09:30:00', '12:44:59', '12:45:00'];
  expect(times.map(isOpenAt)).toEqual([false, false, true, true, false]);
});

it('the table of a year is built once, and the next year’s is another', () => {
  const now = Date.parse('2026-11-23T09:00:00Z');
  const table = hoursTable(hours, now);
  expect(table.week[0]).toEqual([[540, 1080]]);
  expect(hoursTable(hours, now + 1)).toBe(table);
  const later = hoursTable(hours, now + 60 * 24 * 60 * 60_000);
  expect(later.offsets[0]).not.toEqual(table.offsets[0]);
  expect(later.week).toEqual(table.week);
});

it('spans that overlap or touch are one, so that no minute counts twice', () => {
  const spans = (mon: string) =>
    hoursTable(hoursSchema.parse({ timeZone: 'UTC', week: { mon } }), 0).week[0];
  const nine = 9 * 60;
  expect(spans('09:00-10:00,10:00-11:00')).toEqual([[nine, nine + 120]]);
  expect(spans('09:00-12:00,10:00-11:00')).toEqual([[nine, nine + 180]]);
  expect(spans('09:00-10:00,10:01-11:00,10:30-12:00')).toEqual([
    [nine, nine + 60],
    [nine + 61, nine + 180],
  ]);
});

it('a holiday is closed, and the next opening is after it', () => {
  const found = at('2026-12-25T10:00:00+01:00');
  expect(found.isOpen).toBe(false);
  expect(plain(found.opens ?? '')).toBe('Sunday 9:00 AM');
});

it('hours that never open have no next opening', () => {
  const never = hoursSchema.parse({ timeZone: 'UTC', week: {} });
  expect(openingAt(never, 0)).toEqual({ isOpen: false });
});

it.each([
  [{ timeZone: 'Mars/Base', week: {} }, 'timeZone'],
  [{ timeZone: 'UTC', week: { mon: '9-18' } }, 'week.mon'],
  [{ timeZone: 'UTC', week: { mon: '18:00-09:00' } }, 'week.mon'],
  [{ timeZone: 'UTC', week: { monday: '09:00-18:00' } }, 'week'],
  [{ timeZone: 'UTC', week: {}, holidays: ['25.12.'] }, 'holidays.0'],
])('%o is refused, naming %s', (written, field) => {
  const issues = hoursSchema.safeParse(written).error?.issues ?? [];
  expect(issues.map(({ path }) => path.join('.'))).toContain(field);
});

/** Languages put spaces of several kinds between a time and its half of the day. */
function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ').replaceAll(/(,| at) /g, ' ');
}
