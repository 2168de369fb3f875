/** How the console writes times and words. */
import { describe, expect, it } from 'vitest';
import { clockTime } from '../../../api/console/page/parts/clock-time.js';
import { formatDuration, untilWords } from '../../../api/console/page/parts/duration.js';
import { decisionWords } from '../../../api/console/page/thread/decision-words.js';
import {
  counted,
  doingWords,
  reasonWords,
  scopeName,
  scopeWords,
} from '../../../api/console/page/parts/words.js';

describe('a length of time', () => {
  it.each([
    [-5_000, '0 s'],
    [0, '0 s'],
    [999, '0 s'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [185_000, '3 min 05 s'],
    [3_600_000, '1 h'],
    [3_780_000, '1 h 03 min'],
    [90_000_000, '1 d 01 h'],
  ])('%i ms is %s', (length, words) => {
    expect(formatDuration(length)).toBe(words);
  });

  it('until something is never negative', () => {
    expect(untilWords(61_000, 0)).toBe('in 1 min 01 s');
    expect(untilWords(0, 5_000)).toBe('now');
  });
});

describe('a point in time', () => {
  const at = (day: number, hour: number, year = 2026) =>
    new Date(year, 10, day, hour, 5, 9).getTime();
  it.each([
    ['today', at(21, 9), '09:05:09'],
    ['yesterday', at(20, 23), '20 Nov, 23:05'],
    ['the same day of last year', at(21, 9, 2025), '21 Nov 2025, 09:05'],
  ])('%s is local, the day only when it is another', (_, time, words) => {
    expect(clockTime(time, at(21, 14))).toBe(words);
  });
});

describe('a decision', () => {
  it.each([
    ['phaseChanged', 'bot → agent', { what: 'Bot → Agent', why: 'a reason' }],
    ['attentionRaised', 'attention raised', { what: 'attention raised', why: 'a reason' }],
    ['replyPosted', 'reply 1/reply-0/6b01 posted', undefined],
    // The text alone decides nothing.
    [
      'botPaused',
      'reply 1/reply-0/6b01 posted',
      { what: 'reply 1/reply-0/6b01 posted', why: 'a reason' },
    ],
  ] as const)('%s: %s', (code, what, words) => {
    expect(decisionWords({ code, what, why: 'a reason' })).toEqual(words);
  });
});

describe('words', () => {
  it('an unknown reason is spelt out', () => {
    expect(reasonWords('customerAsked')).toBe('the customer asked for an agent');
    expect(reasonWords('somethingNew')).toBe('something new');
    expect(reasonWords(null)).toBe('');
    expect(doingWords('askBot')).toBe('asking the bot');
    expect(doingWords('somethingNew')).toBe('something new');
  });

  it('one is not several', () => {
    expect([counted(1, 'thread'), counted(2, 'thread'), counted(0, 'person', 'people')]).toEqual([
      '1 thread',
      '2 threads',
      '0 people',
    ]);
  });

  it.each([
    [{ all: true } as const, 'all', 'all conversations'],
    [{ source: 'chat' }, 'chat', 'the source chat'],
    [{ bot: 'tester' }, 'tester', 'the bot tester'],
  ])('a scope has a name to type and words to read', (scope, name, words) => {
    expect([scopeName(scope), scopeWords(scope)]).toEqual([name, words]);
  });
});
