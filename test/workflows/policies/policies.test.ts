/** Each policy by its table: what it decides at which moment, and where it passes. */
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../workflows/engage-event.js';
import { handOverWhenAsked } from '../../../workflows/policies/hand-over-when-asked.js';
import { handOverWhenBotFails } from '../../../workflows/policies/hand-over-when-bot-fails.js';
import { decide } from '../../../workflows/policies/index.js';
import type { Moment } from '../../../workflows/policies/policy.js';
import { reopenToBot } from '../../../workflows/policies/reopen-to-bot.js';
import { testSettings } from '../../support/thread-settings.js';

function saying(body: string): Moment {
  return { at: 'turnBegins', contents: [{ body } as Content] };
}

const settings = { ...testSettings, handOverWords: ['human', 'real person', 'оператор'] };
const asked = { do: 'handOver', because: 'customerAsked' };

describe('hand-over-when-asked', () => {
  it.each([
    ['human', asked],
    ['A HUMAN, please!', asked],
    ['give me a real person.', asked],
    ['Оператор!', asked],
    ['real, person', asked],
    ['person real', undefined],
    ['superhuman', undefined],
    ['humans', undefined],
    ['', undefined],
  ])('"%s"', (body, decision) => {
    expect(handOverWhenAsked(saying(body), settings)).toEqual(decision);
  });

  it('hears the bot ask for it', () => {
    const answer = { replies: [], handOver: { because: 'botGaveUp' as const } };
    const decision = handOverWhenAsked({ at: 'botAnswered', answer }, settings);
    expect(decision).toEqual({ do: 'handOver', because: 'botGaveUp' });
  });

  it.each<Moment>([
    { at: 'botAnswered', answer: { replies: [] } },
    { at: 'botFailed', failedTurns: 9 },
    { at: 'interventionSettled' },
    { at: 'customerReturns', closedBy: 'bot' },
  ])('passes at $at', (moment) => {
    expect(handOverWhenAsked(moment, settings)).toBeUndefined();
  });
});

describe('hand-over-when-bot-fails', () => {
  it.each([
    [1, { do: 'apologise' }],
    [2, { do: 'handOver', because: 'botFailed' }],
    [3, { do: 'handOver', because: 'botFailed' }],
  ])('after %i failed turns in a row', (failedTurns, decision) => {
    expect(handOverWhenBotFails({ at: 'botFailed', failedTurns }, settings)).toEqual(decision);
  });

  it('passes at other moments', () => {
    expect(handOverWhenBotFails(saying('human'), settings)).toBeUndefined();
  });
});

describe('reopen-to-bot', () => {
  it.each<Moment>([{ at: 'interventionSettled' }, { at: 'customerReturns', closedBy: 'agent' }])(
    'gives the thread to the bot at $at',
    (moment) => {
      expect(reopenToBot(moment, settings)).toEqual({ do: 'reopenTo', owner: 'bot' });
    },
  );

  it('passes at other moments', () => {
    expect(reopenToBot(saying('hello'), settings)).toBeUndefined();
  });
});

describe('the ordered list', () => {
  it('lets the first that decides win, and only those that are listed', () => {
    const none = { ...settings, policies: [] };
    expect(decide(saying('human'), none)).toBeUndefined();
    const some = { ...settings, policies: ['reopen-to-bot', 'hand-over-when-asked'] };
    expect(decide(saying('human'), some)).toEqual(asked);
  });

  it('leaves out a policy that a running thread’s snapshot names and no longer exists', () => {
    const old = { ...settings, policies: ['long-gone', 'hand-over-when-asked'] };
    expect(decide(saying('human'), old)).toEqual(asked);
  });
});
