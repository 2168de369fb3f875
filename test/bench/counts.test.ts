/** What is counted of calls and of histories. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countKinds, perTurn, formatKinds, total } from './history.js';
import { tooSoon } from './retry-discipline.js';
import { countWithin, mostWithin } from './windows.js';

describe('the busiest stretch', () => {
  it('may begin anywhere, and does not hold both its ends', () => {
    expect(mostWithin([0, 10, 20, 30], 20)).toBe(2);
    expect(mostWithin([30, 19, 10, 0], 20)).toBe(3);
    expect(mostWithin([], 20)).toBe(0);
  });

  it('is what counting from each moment gives', () => {
    const times = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 60 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 100 }), (some, length) => {
        const from = some.map((at) => countWithin(some, at, at + length));
        expect(mostWithin(some, length)).toBe(Math.max(0, ...from));
      }),
    );
  });
});

describe('a call that was refused', () => {
  const at = (time: number, status = 200, call = 'GET /a') => ({ call, status, at: time });

  it('is too soon before a second is over, with a little tolerance', () => {
    expect(tooSoon([at(0, 429), at(900)])).toBe(1);
    expect(tooSoon([at(0, 503), at(985)])).toBe(0);
    expect(tooSoon([at(0, 429), at(1_100, 429), at(1_900)])).toBe(1);
  });

  it('is another’s business where another call is made', () => {
    expect(tooSoon([at(0, 429), at(10, 200, 'GET /b')])).toBe(0);
    expect(tooSoon([at(0, 422), at(10)])).toBe(0);
  });
});

describe('a history', () => {
  const event = (name: string) => ({ eventId: 1, [`${name}EventAttributes`]: {}, other: null });
  const all = [
    ...['workflowExecutionStarted', 'workflowTaskScheduled', 'workflowTaskStarted'].map(event),
    ...['workflowExecutionSignaled', 'activityTaskScheduled', 'timerStarted'].map(event),
    ...['markerRecorded', 'upsertWorkflowSearchAttributes'].map(event),
  ];

  it('is counted by kind, the largest first', () => {
    const counts = countKinds(all);
    expect(total(counts)).toBe(all.length);
    expect(formatKinds(counts)).toMatch(/^2 workflow tasks, 1 /);
    expect(counts.get('others')).toBe(1);
  });

  it('is what came in between, for each turn', () => {
    const between = perTurn(countKinds(all), countKinds([...all, ...all, ...all]), 4);
    expect(between.get('workflow tasks')).toBe(1);
    expect(total(perTurn(countKinds(all), countKinds(all), 4))).toBe(0);
  });
});
