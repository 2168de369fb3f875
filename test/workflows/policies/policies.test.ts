/** Each policy by its table: what it decides at which moment, and where it passes. */
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../workflows/contract/engage-event.js';
import { handOverWhenAsked } from '../../../workflows/policies/hand-over-when-asked.js';
import { handOverWhenBotFails } from '../../../workflows/policies/hand-over-when-bot-fails.js';
import { escalateWhenNobodyComes } from '../../../workflows/policies/escalate-when-nobody-comes.js';
import { decide, policies } from '../../../workflows/policies/index.js';
import { checkBusinessHours } from '../../../workflows/policies/check-business-hours.js';
import { checkAgentAvailability } from '../../../workflows/policies/check-agent-availability.js';
import type { Moment } from '../../../workflows/policies/policy.js';
import { cancelHandoverOnRequest } from '../../../workflows/policies/cancel-handover-on-request.js';
import { stayQuietAfterFarewell } from '../../../workflows/policies/stay-quiet-after-farewell.js';
import { stayWithAgentWhenLooping } from '../../../workflows/policies/stay-with-agent-when-looping.js';
import type { Availability } from '../../../workflows/contract/work.js';
import { testSettings } from '../../harness/thread-settings.js';
import type { EscalationName, EscalationStep } from '../../../workflows/contract/escalation.js';
import type { HandoverReason } from '../../../workflows/contract/reason.js';

function saying(body: string): Moment {
  return { at: 'turnBegins', contents: [{ body } as Content] };
}

/** One of each moment, without this one. */
function momentsBut(but: Moment['at']): readonly Moment[] {
  const content = { body: 'human' } as Content;
  const all: readonly Moment[] = [
    { at: 'turnBegins', contents: [content] },
    { at: 'botAnswered', answer: { replies: [] } },
    { at: 'botFailed', failedTurns: 9 },
    { at: 'interventionSettled', recentFailures: 0 },
    { at: 'customerReturns', closedBy: 'bot', content, recentFailures: 0 },
    { at: 'customerWaits', content },
    { at: 'inclusionPassed' },
  ];
  return all.filter(({ at }) => at !== but);
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

  it.each([
    [['a human please', 'never mind'], undefined],
    [['a human please', 'never mind', 'where is it?'], undefined],
    [['never mind', 'a human please'], asked],
    [['never mind the bot, a human please'], asked],
    [['a human please', 'where is it?'], asked],
  ] as const)('lets the last word of a burst count: %j', (bodies, decision) => {
    const contents = bodies.map((body) => ({ body }) as Content);
    const cancelling = { ...settings, cancelWords: ['never mind'] };
    expect(handOverWhenAsked({ at: 'turnBegins', contents }, cancelling)).toEqual(decision);
  });

  it('hands over when the bot requests it', () => {
    const answer = { replies: [], handOver: { because: 'botGaveUp' as const } };
    const decision = handOverWhenAsked({ at: 'botAnswered', answer }, settings);
    expect(decision).toEqual({ do: 'handOver', because: 'botGaveUp' });
  });

  it.each(momentsBut('turnBegins'))('passes at $at', (moment) => {
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

const settled = (recentFailures = 0): Moment => ({ at: 'interventionSettled', recentFailures });
const returns = (
  body: string,
  closedBy: 'bot' | 'agent' = 'agent',
  recentFailures = 0,
): Moment => ({
  at: 'customerReturns',
  closedBy,
  content: { body } as Content,
  recentFailures,
});

describe('reopening', () => {
  const toBot = { do: 'reopenTo', owner: 'bot' };
  const toAgent = { do: 'reopenTo', owner: 'agent' };
  it.each<[string, Moment, object | undefined]>([
    ['reopen-to-bot', settled(), toBot],
    ['reopen-to-bot', returns('hi'), toBot],
    ['reopen-to-bot', { at: 'inclusionPassed' }, toBot],
    ['reopen-to-bot', saying('hi'), undefined],
    ['stay-with-agent', settled(), toAgent],
    ['stay-with-agent', returns('hi'), toAgent],
    ['stay-with-agent', returns('hi', 'bot'), toBot],
    ['stay-with-agent', { at: 'inclusionPassed' }, toBot],
    ['stay-with-agent', saying('hi'), undefined],
    ['block', settled(), { do: 'lock' }],
    ['block', returns('hi'), toBot],
    ['block', saying('hi'), undefined],
  ])('%s at %o', (name, moment, decision) => {
    expect(policies.get(name)?.(moment, settings)).toEqual(decision);
  });
});

describe('stay-with-agent-when-looping', () => {
  const guarded = { ...settings, loopGuard: { handovers: 2, within: 1 } };
  it.each([
    [settled(1), undefined],
    [settled(2), { do: 'reopenTo', owner: 'agent' }],
    [returns('hi', 'agent', 3), { do: 'reopenTo', owner: 'agent' }],
    [saying('hi'), undefined],
  ])('%o', (moment, decision) => {
    expect(stayWithAgentWhenLooping(moment, guarded)).toEqual(decision);
  });

  it('passes without a guard', () => {
    expect(stayWithAgentWhenLooping(settled(99), settings)).toBeUndefined();
  });
});

describe('stay-quiet-after-farewell', () => {
  const polite = { ...settings, farewellWords: ['thanks', 'thank you', 'bye'] };
  it.each([
    ['Thanks!', { do: 'stayQuiet' }],
    ['thank you, bye', { do: 'stayQuiet' }],
    ['thanks, but where is it?', undefined],
    ['thankful', undefined],
    ['', undefined],
  ])('"%s"', (body, decision) => {
    expect(stayQuietAfterFarewell(returns(body), polite)).toEqual(decision);
  });

  it('passes while a conversation goes on, and where no words are set', () => {
    expect(stayQuietAfterFarewell(saying('thanks'), polite)).toBeUndefined();
    expect(stayQuietAfterFarewell(returns('thanks'), settings)).toBeUndefined();
  });
});

describe('cancel-handover-on-request', () => {
  const texts = { ...settings.texts, handoverCancelled: 'BACK' };
  const cancellable = { ...settings, cancelWords: ['never mind'], texts };
  const waits = (body: string): Moment => ({ at: 'customerWaits', content: { body } as Content });
  it.each([
    [waits('oh, never mind.'), { do: 'backToBot', say: 'BACK' }],
    [waits('hello?'), undefined],
    [saying('never mind'), undefined],
  ])('%o', (moment, decision) => {
    expect(cancelHandoverOnRequest(moment, cancellable)).toEqual(decision);
  });
});

describe('the desk', () => {
  const rule = (what: 'stayWithBot' | 'handOver') => ({ do: what, say: 'Back {opens}.' });
  const availability = { whenClosed: rule('stayWithBot'), whenNobodyIsThere: rule('handOver') };
  const wanted = (found: Availability, because: HandoverReason = 'customerAsked'): Moment => ({
    at: 'handoverWanted',
    because,
    availability: found,
  });
  const closed: Availability = { isOpen: false, opens: 'Monday', agents: 'unknown' };
  const empty: Availability = { isOpen: true, agents: 'nobody' };
  const open: Availability = { isOpen: true, agents: 'available' };
  const stays = { do: 'stayWithBot', because: 'it is outside business hours', say: 'Back Monday.' };

  it.each([
    [wanted(closed), stays],
    [wanted(closed, 'botFailed'), stays],
    [wanted(closed, 'operatorAsked'), undefined],
    [wanted(closed, 'emergency'), undefined],
    [wanted(open), undefined],
    [saying('hi'), undefined],
  ])('check-business-hours at %o', (moment, decision) => {
    expect(checkBusinessHours(moment, { ...settings, availability })).toEqual(decision);
  });

  it.each([
    [wanted(empty), { do: 'handOver', because: 'customerAsked', say: 'Back {opens}.' }],
    [wanted(empty, 'emergency'), undefined],
    [wanted(open), undefined],
    [wanted(closed), undefined],
    [saying('hi'), undefined],
  ])('check-agent-availability at %o', (moment, decision) => {
    expect(checkAgentAvailability(moment, { ...settings, availability })).toEqual(decision);
  });

  it('is not minded where the business has set nothing', () => {
    expect(checkBusinessHours(wanted(closed), settings)).toBeUndefined();
    expect(checkAgentAvailability(wanted(empty), settings)).toBeUndefined();
  });
});

describe('escalation policies', () => {
  const reached = (
    escalation: EscalationName,
    escalationStep: Omit<EscalationStep, 'after'>,
  ): Moment => ({
    at: 'escalationStepReached',
    escalation,
    escalationStep: { after: 1, ...escalationStep },
  });
  it.each([
    ['nudge-when-customer-silent', 'customerSilent'],
    ['nudge-when-customer-silent', 'customerSilentWithAgent'],
    ['escalate-when-nobody-comes', 'nobodyComes'],
    ['escalate-when-agent-silent', 'agentSilent'],
  ] as const)('%s uses the steps of %s and no other', (name, escalation) => {
    const policy = policies.get(name);
    expect(policy?.(reached(escalation, { do: 'close' }), settings)).toEqual({ do: 'close' });
    const own = [...policies].filter(([, other]) =>
      other(reached(escalation, { do: 'close' }), settings),
    );
    expect(own.map(([owner]) => owner)).toEqual([name]);
    expect(policy?.(saying('hi'), settings)).toBeUndefined();
  });

  it.each([
    [{ do: 'tell', say: 'X' } as const, { do: 'tell', say: 'X' }],
    [{ do: 'remind' } as const, { do: 'remind' }],
    [{ do: 'move', categoryId: 'c', say: 'X' } as const, { do: 'move', categoryId: 'c', say: 'X' }],
    [{ do: 'backToBot' } as const, { do: 'backToBot' }],
    [{ do: 'close', say: 'X' } as const, { do: 'close', say: 'X' }],
  ])('a step %o is the decision %o', (escalationStep, decision) => {
    expect(escalateWhenNobodyComes(reached('nobodyComes', escalationStep), settings)).toEqual(
      decision,
    );
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
