/** Waiting for humans counts their working time, and a nudge at night waits for the morning. */
import { describe, expect, it } from 'vitest';
import type { OpeningHours } from '../../../workflows/contract/opening-hours.js';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import { deadlines } from '../../../workflows/thread/planning/deadlines.js';
import { start } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { everyRule, queueRules, withoutChecks } from '../../harness/thread-settings.js';

const [minute, hour] = [60_000, 60 * 60_000];
const nineToFive = [[9 * 60, 17 * 60]] as const;
const hours: OpeningHours = {
  week: Array.from({ length: 7 }, () => nineToFive),
  holidays: [],
  offsets: [[0, 0]],
};
const tell = { after: 5 * minute, do: 'tell', say: 'STILL LOOKING' } as const;
const back = { after: 30 * minute, do: 'backToBot', say: 'NOBODY IS FREE' } as const;
const rules: Partial<SourceSettings> = {
  ...withoutChecks(everyRule('reopen-to-bot')),
  openIntervention: 'never',
  hours,
  escalations: {
    nobodyComes: [tell, { after: 10 * minute, do: 'remind' }, back],
    agentSilent: [{ after: 2 * hour, do: 'backToBot', say: 'SORRY' }],
    customerSilent: [{ after: 12 * hour, do: 'tell', say: 'STILL THERE?' }],
  },
};
const { hours: _, ...alwaysOpen } = rules;

/** A run at this hour of a day on which nothing has been said. */
function atHour(hourOfDay: number, settings: Partial<SourceSettings> = rules): PlayedRun {
  const run = new PlayedRun(settings);
  const midnight = Math.ceil(start / (24 * hour)) * 24 * hour;
  run.wait(midnight + hourOfDay * hour - run.now);
  return run;
}

/** Texts of Baton and of the bot, with the hour and minute at which they were sent. */
function said(run: PlayedRun): readonly string[] {
  return run.state.outbox.sent.map(({ createdAt, key }) => {
    const [, purpose = ''] = key.split('/');
    return `${new Date(createdAt).toISOString().slice(11, 16)} ${purpose}`;
  });
}

describe('a handover at night', () => {
  it('counts from the morning: nothing is said, and nobody is called, before', () => {
    const run = atHour(18);
    run.says('a human please');
    run.pass(14 * hour);
    expect([run.state.ownership.phase, run.state.report.attention]).toEqual(['handover', []]);
    expect(said(run)).toEqual(['18:00 handover-0']);
    run.pass(2 * hour);
    expect(said(run).slice(1)).toEqual(['09:05 nobodyComes-1', '09:30 back']);
  });

  it('counts the minutes before closing, and goes on in the morning', () => {
    const run = atHour(16);
    run.pass(52 * minute);
    run.says('a human please');
    run.pass(20 * hour);
    expect(said(run)).toEqual(['16:52 handover-0', '16:57 nobodyComes-1', '09:22 back']);
  });

  it('negative control: by the clock on the wall the customer is told that nobody is free', () => {
    const run = atHour(18, alwaysOpen);
    run.says('a human please');
    run.pass(hour);
    expect(run.posts()).toEqual(['HANDOVER', 'STILL LOOKING', 'NOBODY IS FREE']);
  });

  it('polls no queue position until the morning', () => {
    const run = atHour(18, { ...rules, ...queueRules });
    run.says('a human please');
    run.pass(14 * hour);
    expect(run.count('findQueuePosition')).toBe(0);
    run.pass(hour + minute);
    expect(run.count('findQueuePosition')).toBe(1);
  });
});

describe('an agent who does not answer', () => {
  function askedAt(hourOfDay: number, settings = rules): PlayedRun {
    const run = atHour(hourOfDay - 1, settings);
    run.says('a human please');
    run.agentSays().pass(hour);
    run.says('where is it?');
    return run;
  }

  it('keeps the thread over the night', () => {
    const run = askedAt(16);
    run.pass(16 * hour);
    expect(run.state.ownership.phase).toBe('agent');
    run.pass(3 * hour);
    expect(run.state.ownership.phase).toBe('bot');
    expect(said(run).at(-1)).toMatch(/^10:0[01] /);
  });

  it('negative control: loses it in the evening by the clock on the wall', () => {
    const run = askedAt(19, alwaysOpen);
    run.pass(2 * hour + minute);
    expect(run.state.ownership.phase).toBe('bot');
  });

  it('keeps it when the step is due by day and handled at night, because no worker ran', () => {
    const run = askedAt(11);
    run.now += 9 * hour;
    run.take({ type: 'timePassed' }).settle();
    expect(run.state.ownership.phase).toBe('agent');
    expect(nextAt(run, 'escalation')).toBe('09:00');
    run.pass(14 * hour);
    expect(run.state.ownership.phase).toBe('bot');
  });
});

describe('a nudge that comes due at night', () => {
  it('waits for the morning', () => {
    const run = atHour(16);
    run.says('hello');
    run.pass(16 * hour);
    expect(said(run)).toEqual(['16:00 reply-0']);
    run.pass(2 * hour);
    expect(said(run)).toEqual(['16:00 reply-0', '09:00 customerSilent-1']);
  });

  it('is sent at once by choice of the business', () => {
    const run = atHour(16, { ...rules, nudgeOutsideHours: 'send' });
    run.says('hello');
    run.pass(16 * hour);
    expect(said(run)).toEqual(['16:00 reply-0', '04:00 customerSilent-1']);
  });

  it.each([
    ['closing for silence comes as much later', 13 * hour, '10:00'],
    ['and not later, if it was due before the nudge', 11 * hour, '03:00'],
  ])('%s', (_what, closeWhenSilentFor, closesAt) => {
    const run = atHour(16, { ...rules, closeWhenSilentFor });
    run.says('hello');
    run.pass(minute);
    expect(nextAt(run, 'customer-silence')).toBe(closesAt);
    run.pass(20 * hour);
    expect(run.state.ownership.phase).toBe('closed');
  });

  it('keeps the distance of the steps after it', () => {
    const close = { after: 14 * hour, do: 'close', say: 'GOOD NIGHT' } as const;
    const customerSilent = [...(rules.escalations?.customerSilent ?? []), close];
    const run = atHour(16, { ...rules, escalations: { customerSilent } });
    run.says('hello');
    run.pass(24 * hour);
    expect(said(run).slice(1)).toEqual(['09:00 customerSilent-1', '11:00 customerSilent-2']);
    expect(run.state.ownership.phase).toBe('closed');
  });
});

function nextAt({ state }: PlayedRun, name: string): string | undefined {
  const deadline = deadlines(state).find((one) => one.name === name);
  return deadline && new Date(deadline.at).toISOString().slice(11, 16);
}
