/** The breaker of a bot, told as what happened and when. */
import { describe, expect, it } from 'vitest';
import {
  admit,
  ended,
  newHealth,
  describeStatus,
  type BotHealth,
  type BreakerSettings,
} from '../../bots/health.js';

const settings: BreakerSettings = {
  ...{ failures: 3, within: 60, last: 8, share: 0.5, tryAgainAfter: 30, latencyOf: 100 },
};

/** `F` fails, `A` answers, `W` is withdrawn; one each `step`. */
function after(story: string, step = 1, health: BotHealth = newHealth, from = 0): BotHealth {
  const outcomes = { F: 'failed', A: 'answered', W: 'withdrawn' } as const;
  return Array.from(story).reduce((now, one, i) => {
    const outcome = outcomes[one as keyof typeof outcomes];
    return ended(now, settings, { outcome, took: 5, isTry: false, now: from + i * step });
  }, health);
}

describe('opens', () => {
  it.each([
    ['at the third failure within the time', 'FAFAF', 10, 'open'],
    ['not at the second', 'FAFA', 10, 'closed'],
    ['not when they are far apart', 'FAAFAAFAAFAA', 25, 'closed'],
    ['when more than half of the last eight failed, however slowly', 'FAFAFAFFF', 40, 'open'],
    ['not at half of them', 'FAFAFAFA', 40, 'closed'],
    ['not before there were eight', 'FFFFFFF', 40, 'closed'],
    ['never by what was withdrawn', 'WWWWWWWWWWFWF', 1, 'closed'],
  ] as const)('%s', (_, story, step, breaker) => {
    expect(after(story, step).breaker).toBe(breaker);
  });
});

describe('open', () => {
  const open = after('FFF');
  it('it is not called until the retry time, and then by one turn', () => {
    expect(open).toMatchObject({ breaker: 'open', since: 2 });
    expect(admit(open, settings, 31).admission).toEqual({ may: false, isTry: false });
    const first = admit(open, settings, 32);
    expect(first).toMatchObject({ admission: { may: true, isTry: true } });
    expect(first.health.breaker).toBe('halfOpen');
    expect(admit(first.health, settings, 33).admission.may).toBe(false);
  });

  const trying = admit(open, settings, 40).health;
  const end = (outcome: 'answered' | 'failed' | 'withdrawn') =>
    ended(trying, settings, { outcome, took: 1, isTry: true, now: 50 });

  it('a try that is answered closes it, and what was before counts no more', () => {
    const closed = end('answered');
    expect(closed.breaker).toBe('closed');
    expect(after('FF', 1, closed, 51).breaker).toBe('closed');
    expect(after('FFF', 1, closed, 51).breaker).toBe('open');
  });

  it('a try that fails opens it anew', () => {
    expect(end('failed')).toMatchObject({ breaker: 'open', since: 50 });
    expect(admit(end('failed'), settings, 79).admission.may).toBe(false);
  });

  it('a try that is withdrawn leaves the next turn to try', () => {
    expect(end('withdrawn').breaker).toBe('open');
    expect(admit(end('withdrawn'), settings, 50).admission).toEqual({ may: true, isTry: true });
  });

  it('a trial call that never ends does not block other turns for ever', () => {
    expect(admit(trying, settings, 69).admission.may).toBe(false);
    expect(admit(trying, settings, 70).admission).toEqual({ may: true, isTry: true });
  });

  it('what was asked before it opened neither closes it nor keeps it open', () => {
    const late = after('A', 1, open, 10);
    expect(late).toMatchObject({ breaker: 'open', since: 2, answers: 1 });
    expect(after('F', 1, open, 10)).toMatchObject({ breaker: 'open', since: 2, errors: 4 });
  });
});

describe('latency', () => {
  const took = (...times: readonly number[]) =>
    times.reduce(
      (health, time, now) =>
        ended(health, settings, { outcome: 'answered', took: time, isTry: false, now }),
      newHealth,
    );

  it('is that of the last answers; failures have none', () => {
    expect(describeStatus(newHealth)).toEqual({ state: 'closed', errors: 0, answers: 0 });
    expect(describeStatus(took(7))).toMatchObject({ p50: 7, p95: 7 });
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(describeStatus(took(...hundred))).toMatchObject({ answers: 100, p50: 50, p95: 95 });
    expect(describeStatus(took(9_999, ...hundred))).toMatchObject({
      answers: 101,
      p50: 50,
      p95: 95,
    });
    expect(describeStatus(after('FF'))).toEqual({ state: 'closed', errors: 2, answers: 0 });
  });

  it('keeps no more than it needs', () => {
    const long = after('A'.repeat(1_000));
    expect(long.took).toHaveLength(settings.latencyOf);
    expect(long.outcomes.length).toBeLessThanOrEqual(30);
  });
});
