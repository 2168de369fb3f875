/** Working time by the table that a thread carries: over nights, holidays and changes of the clock. */
import { describe, expect, it } from 'vitest';
import { hoursTable } from '../../../engage/availability/hours-table.js';
import { hoursSchema, openingAt } from '../../../engage/availability/hours.js';
import type { OpeningHours } from '../../../workflows/contract/opening-hours.js';
import { afterWorkingTime, nextOpenAt } from '../../../workflows/shared/working-time.js';

const [minute, hour, day] = [60_000, 60 * 60_000, 24 * 60 * 60_000];
const now = Date.parse('2026-11-30T00:00:00Z');

type Written = Parameters<typeof hoursSchema.parse>[0];
const table = (written: Written): OpeningHours => hoursTable(hoursSchema.parse(written), now);

const everyDay = (spans: string) =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((d) => [d, spans]));
const berlin = table({
  timeZone: 'Europe/Berlin',
  week: { mon: '09:00-17:00', tue: '09:00-12:00, 13:00-17:00', fri: '09:00-17:00' },
  holidays: ['2026-12-25'],
});

describe('working time', () => {
  it.each([
    ['within an opening', '2026-11-30T10:00+01:00', 2 * hour, '2026-11-30T12:00+01:00'],
    ['over the night', '2026-11-30T16:30+01:00', hour, '2026-12-01T09:30+01:00'],
    ['over the lunch break', '2026-12-01T11:30+01:00', hour, '2026-12-01T13:30+01:00'],
    ['from the night', '2026-11-30T20:00+01:00', 5 * minute, '2026-12-01T09:05+01:00'],
    [
      'up to a closing: at the next opening',
      '2026-11-30T16:00+01:00',
      hour,
      '2026-12-01T09:00+01:00',
    ],
    ['none, at night', '2026-11-30T20:00+01:00', 0, '2026-12-01T09:00+01:00'],
    ['none, by day', '2026-11-30T10:00+01:00', 0, '2026-11-30T10:00+01:00'],
    ['over closed days', '2026-12-01T16:00+01:00', 2 * hour, '2026-12-04T10:00+01:00'],
    ['over a holiday', '2026-12-22T16:00+01:00', 2 * hour, '2026-12-28T10:00+01:00'],
    ['over the start of summer time', '2026-03-27T16:00+01:00', 2 * hour, '2026-03-30T10:00+02:00'],
    ['over the end of summer time', '2026-10-23T16:00+02:00', 2 * hour, '2026-10-26T10:00+01:00'],
  ])('passes %s', (_, since, amount, until) => {
    expect(iso(afterWorkingTime(berlin, at(since), amount))).toBe(iso(at(until)));
  });

  it('counts the hour that a day gains, and not the one that it loses', () => {
    const nights = table({ timeZone: 'Europe/Berlin', week: everyDay('00:00-06:00') });
    const opened = (date: string) => at(`${date}T20:00Z`);
    const lasts = (date: string) => {
      const begin = nextOpenAt(nights, opened(date));
      return afterWorkingTime(nights, begin, 10 * hour) - begin - 24 * hour;
    };
    // Ten hours: the whole night of six, or seven, or five, and the rest of the next one.
    expect(lasts('2026-10-21')).toBe(4 * hour);
    expect(lasts('2026-10-24')).toBe(3 * hour + hour);
    expect(lasts('2026-03-28')).toBe(5 * hour - hour);
  });

  it('is all time without hours, and with hours that never open', () => {
    const never = table({ timeZone: 'UTC', week: {} });
    expect(afterWorkingTime(undefined, now, hour)).toBe(now + hour);
    expect(afterWorkingTime(never, now, hour)).toBe(now + hour);
    expect(nextOpenAt(never, now)).toBe(now);
    const always = table({ timeZone: 'America/New_York', week: everyDay('00:00-24:00') });
    expect(afterWorkingTime(always, now, 100 * day)).toBe(now + 100 * day);
  });

  it('counts overlapping spans once', () => {
    const overlapping = table({ timeZone: 'UTC', week: { mon: '09:00-12:00, 11:00-13:00' } });
    const since = at('2026-11-30T09:00Z');
    expect(iso(afterWorkingTime(overlapping, since, 3.5 * hour))).toBe('2026-11-30T12:30:00.000Z');
  });
});

describe('the table and the calendar agree', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
  const more = ['Africa/Casablanca', 'Pacific/Apia', 'America/St_Johns', 'UTC'];
  const week = { ...everyDay('00:00-02:30, 08:15-17:45'), sun: '01:30-24:00', wed: '22:00-24:00' };
  const written = (timeZone: string) => ({
    timeZone,
    week,
    holidays: ['2027-01-06', '2028-02-29'],
  });

  /** Times, every 29 minutes and around each half hour, at which the two differ. */
  function differences(hours: OpeningHours, timeZone: string): readonly string[] {
    const calendar = hoursSchema.parse(written(timeZone));
    const times: number[] = [];
    for (let time = at('2026-01-01T00:00Z'); time < at('2028-12-31T00:00Z'); time += 997 * minute) {
      times.push(time, Math.floor(time / (30 * minute)) * 30 * minute);
    }
    for (const [since] of hours.offsets) {
      for (let off = -3 * hour; off <= 3 * hour; off += 15 * minute) times.push(since + off);
    }
    return times
      .filter((time) => (nextOpenAt(hours, time) === time) !== openingAt(calendar, time).isOpen)
      .map(iso);
  }

  it.each([...zones, ...more])('in %s', (timeZone) => {
    expect(differences(table(written(timeZone)), timeZone)).toEqual([]);
  });

  it('negative control: with one offset for all the year they do not', () => {
    const { offsets, ...rest } = table(written('Europe/Berlin'));
    expect(differences({ ...rest, offsets: offsets.slice(0, 1) }, 'Europe/Berlin')).not.toEqual([]);
  });
});

it('a table of a zone with summer time is small', () => {
  expect(JSON.stringify(berlin).length).toBeLessThan(600);
});

function at(time: string): number {
  return Date.parse(time);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
