/** What a source's settings say of its agents: how they are looked up, whose they are, and when it is open. */
import { expect, it } from 'vitest';
import {
  createAvailability,
  type Availability,
} from '../../../engage/availability/availability.js';
import { hoursSchema } from '../../../engage/availability/hours.js';

const week = { mon: '09:00-18:00' } as const;
const hours = hoursSchema.parse({ timeZone: 'UTC', week, locale: 'de' });
const monday = Date.parse('2026-11-23T08:00:00Z');

function availability(how: Availability, at: number) {
  const sources = {
    other: { id: 'o', availability: 'ignore' as const, teams: [] },
    chat: { id: 's', availability: how, teams: ['day'], hours },
  };
  return createAvailability({ sources }, () => at);
}

it.each([
  ['ask', 'always'],
  ['askWhenRealtime', 'whenRealtime'],
  ['ignore', 'never'],
] as const)('%s means %s', (how, ask) => {
  expect(availability(how, monday + 3_600_000)({ sourceId: 's' })).toEqual({
    ...{ isOpen: true, ask, teamIds: ['day'] },
  });
});

it('a closed source says when it opens, in its language; one without hours is open', () => {
  expect(availability('ask', monday)({ sourceId: 's' })).toMatchObject({
    ...{ isOpen: false, opens: '09:00' },
  });
  expect(availability('ask', monday)({ sourceId: 'o' })).toEqual({
    ...{ isOpen: true, ask: 'never', teamIds: [] },
  });
  expect(availability('ask', monday)({ sourceId: 'unknown' })).toBeUndefined();
});

it('without a language, opening times are in English', () => {
  expect(hoursSchema.parse({ timeZone: 'UTC', week }).locale).toBe('en');
});
