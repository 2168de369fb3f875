/** An operator lets the bot answer again: what has no answer is asked once more, and nothing is sent twice. */
import { describe, expect, it } from 'vitest';
import { agentReplied } from '../../harness/facts.js';
import { PlayedRun, type Around } from '../../harness/played-core.js';
import { reportUndelivered } from '../../harness/rules-meet.js';
import { everyRule, withoutChecks } from '../../harness/thread-settings.js';
import { commandsIn, refusalOf } from '../../../workflows/thread/transitions/commands.js';
import { nextSpeaker } from '../../../workflows/thread/planning/next-speaker.js';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';

const minute = 60_000;
const again = { do: 'answerAgain', by: 'kim', why: 'the bot is well again' } as const;
const rules: Partial<SourceSettings> = {
  ...withoutChecks(everyRule('reopen-to-bot')),
  openIntervention: 'never',
  escalations: {},
};

/** A bot that fails until it is mended. */
function mendable(settings: Partial<SourceSettings> = rules) {
  const bot = { isMended: false };
  const answer: Around['answer'] = () =>
    bot.isMended ? { replies: [{ body: 'ANSWER' }] } : { failed: 'Timeout' };
  return { bot, run: new PlayedRun(settings, { answer }) };
}

const codes = (run: PlayedRun) => run.state.report.attention.map(({ code }) => code);
const whyNot = (run: PlayedRun) => refusalOf(run.state, again);

/** The channel reports that it has refused this reply. */
function refuse(run: PlayedRun, index: number): PlayedRun {
  reportUndelivered(run, index);
  return run.settle();
}

describe('the bot is asked again', () => {
  it('for a turn to which it only apologised', () => {
    const { bot, run } = mendable();
    run.says('where is it?');
    expect(run.posts()).toEqual(['BOT FAILED']);
    bot.isMended = true;
    run.commands(again).pass(minute);
    expect(run.asked.at(-1)?.burst.map(({ body }) => body)).toEqual(['where is it?']);
    expect(run.posts()).toEqual(['BOT FAILED', 'ANSWER']);
    expect(run.state.conversation.unanswered).toEqual([]);
    expect(whyNot(run)).toMatchObject({
      phase: 'bot',
      why: expect.stringContaining('an answer') as string,
    });
  });

  it('for what is unanswered, which ends the attention', () => {
    const policies = ['reopen-to-bot'];
    const { bot, run } = mendable({ ...rules, policies });
    run.says('where is it?');
    expect(nextSpeaker(run.state)).toMatchObject({ who: 'operator', unanswered: 1 });
    bot.isMended = true;
    run.take({ type: 'command', command: again });
    expect(nextSpeaker(run.state)).toMatchObject({ who: 'bot', unanswered: 1 });
    run.pass(minute);
    expect(run.posts()).toEqual(['ANSWER']);
    expect(run.state.report.attention).toEqual([]);
  });

  it('under another id, so that the bot does not take it for the same question', () => {
    const { bot, run } = mendable();
    run.says();
    bot.isMended = true;
    run.commands(again).pass(minute);
    expect(new Set(run.asked.map(({ id }) => id)).size).toBe(2);
  });

  it('for a reply that the channel refused', () => {
    const run = new PlayedRun(rules);
    run.says('where is it?');
    refuse(run, 0).commands(again).pass(minute);
    expect(run.posts()).toEqual(['ANSWER', 'ANSWER']);
    expect(run.state.report.attention).toEqual([]);
    expect(whyNot(run)).toBeDefined();
  });

  it('also where the bot had closed the conversation', () => {
    const run = new PlayedRun(rules, {
      answer: () => ({ replies: [{ body: 'ANSWER' }], isSolved: true }),
    });
    run.says('where is it?');
    expect(run.state.ownership.phase).toBe('closed');
    expect(whyNot(run)).toBeDefined();
    refuse(run, 0).commands(again).pass(minute);
    expect(run.posts()).toEqual(['ANSWER', 'ANSWER']);
  });

  it('also where the conversation ended with the customer’s silence', () => {
    const run = new PlayedRun(rules);
    run.says('where is it?');
    run.pass(30 * 60 * minute);
    expect(run.state.ownership.phase).toBe('closed');
    refuse(run, 0).commands(again).pass(minute);
    expect(run.posts()).toEqual(['ANSWER', 'ANSWER']);
  });

  it('for a content that requested a human whom nobody sent: it requests one again', () => {
    const run = new PlayedRun(rules);
    run.says('a human please');
    run.commands({ ...again, do: 'returnToBot' }).pass(minute);
    run.commands(again).pass(minute);
    expect(run.state.ownership).toMatchObject({ phase: 'handover', reason: 'customerAsked' });
  });

  it('although the customer has repeated themselves so often that a machine was suspected', () => {
    const turnGuard = { turns: 50, within: minute, equal: 3 };
    const { bot, run } = mendable({ ...rules, policies: ['reopen-to-bot'], turnGuard });
    for (let i = 0; i < 5; i += 1) run.says('hello?');
    expect(run.state.report.attention.map(({ code }) => code)).toContain('machineSuspected');
    bot.isMended = true;
    run.commands(again).pass(minute);
    expect(run.posts()).toEqual(['ANSWER']);
    expect(run.state.report.attention).toEqual([]);
  });

  it('after the thread was read: with humans by then, it is theirs', () => {
    const { bot, run } = mendable();
    run.says();
    bot.isMended = true;
    run.take({ type: 'command', command: again });
    run.end('readThread', { categoryIds: ['category-agent'], isLocked: false }).pass(minute);
    expect(run.state.ownership).toMatchObject({ phase: 'handover', reason: 'categoryChanged' });
    expect(run.posts()).not.toContain('ANSWER');
  });
});

describe('a reply of which nobody knows whether it arrived', () => {
  const hour = 60 * minute;
  const lost = { is: 'ambiguous', code: 'Engage.Timeout' } as const;

  /** Every post of an answer is lost on the way, until the reply is given up: a human is requested. */
  function unconfirmed(answer: Around['answer'] = () => ({ replies: [{ body: 'ANSWER' }] })) {
    const platform = { isLosing: true };
    const post = () => (platform.isLosing ? lost : undefined);
    const run = new PlayedRun({ ...rules, giveUpAfter: hour }, { answer, post });
    run.says('the first question');
    run.pass(65 * minute);
    platform.isLosing = false;
    run.pass(hour);
    expect(codes(run)).toContain('replyUnconfirmed');
    return run;
  }

  it('is not given again when an operator returns the thread: the operator has the word', () => {
    const run = unconfirmed();
    const asked = run.asked.length;
    run.commands({ ...again, do: 'returnToBot' }).pass(hour);
    expect(run.asked).toHaveLength(asked);
    expect(nextSpeaker(run.state)).toMatchObject({ who: 'operator', unanswered: 1 });
    expect(whyNot(run)?.why).toContain('unknown whether it arrived');
  });

  it('is left out, and stays known, when the bot answers what came later', () => {
    const bot = { isMended: true };
    const run = unconfirmed(() =>
      bot.isMended ? { replies: [{ body: 'ANSWER' }] } : { failed: 'Timeout' },
    );
    run.commands({ ...again, do: 'returnToBot' }).pass(minute);
    bot.isMended = false;
    run.state = { ...run.state, settings: { ...run.state.settings, policies: ['reopen-to-bot'] } };
    run.says('the second question');
    bot.isMended = true;
    run.take({ type: 'command', command: again });
    expect(run.state.conversation.unanswered).toHaveLength(2);
    run.pass(minute);
    expect(run.asked.at(-1)?.burst.map(({ body }) => body)).toEqual(['the second question']);
    expect(codes(run)).toEqual(['replyUnconfirmed']);
  });

  it('leaves what the customer wrote after it to the bot', () => {
    const post = () => lost;
    const run = new PlayedRun({ ...rules, giveUpAfter: hour }, { post });
    run.says('the first question');
    run.pass(30 * minute);
    run.says('the second question');
    run.pass(35 * minute);
    expect(codes(run)).toContain('replyUnconfirmed');
    const marked = run.state.conversation.unanswered.map((one) => one.mayBeAnswered === true);
    expect(marked).toEqual([true, false]);
  });

  it('is over when a human has answered', () => {
    const run = unconfirmed();
    run.agentSays();
    expect(run.state.conversation.unanswered).toEqual([]);
    expect(codes(run)).toEqual([]);
  });
});

describe('refused, and without effect', () => {
  function isRefused(run: PlayedRun, refusal: object): void {
    const before = run.state;
    expect(whyNot(run)).toMatchObject(refusal);
    expect(commandsIn(before)).not.toContain('answerAgain');
    run.take({ type: 'command', command: again });
    expect(run.state.conversation).toEqual(before.conversation);
    expect(run.state.ownership).toEqual(before.ownership);
  }

  it.each(['handover', 'agent'])('in phase %s', (phase) => {
    const run = new PlayedRun(rules);
    run.says('a human please');
    if (phase === 'agent') run.agentSays();
    isRefused(run, { phase });
  });

  it('while the bot is being asked, and while a reply waits for the platform', () => {
    const run = new PlayedRun(rules);
    run.writes();
    isRefused(run, { why: expect.stringContaining('about to answer') as string });
    run.wait(1_000);
    isRefused(run, { why: expect.stringContaining('about to answer') as string });
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.end('postReply', { is: 'notSent', code: 'Engage.NotConnected', retryAfter: minute });
    isRefused(run, { why: expect.stringContaining('about to answer') as string });
  });

  it('while an apology waits for the platform', () => {
    const post = () =>
      ({ is: 'notSent', code: 'Engage.NotConnected', retryAfter: minute }) as const;
    const run = new PlayedRun(rules, { answer: () => ({ failed: 'Timeout' }), post });
    run.says('where is it?');
    isRefused(run, { why: expect.stringContaining('about to answer') as string });
  });

  it('for an answered turn, and for one of which a part has arrived', () => {
    const replies = [{ body: 'ONE' }, { body: 'TWO' }];
    const run = new PlayedRun(rules, { answer: () => ({ replies }) });
    run.says();
    isRefused(run, { phase: 'bot' });
    refuse(run, 1);
    isRefused(run, { phase: 'bot' });
  });

  it('before anybody has written', () => {
    isRefused(new PlayedRun(rules), { phase: 'closed' });
  });

  it('where a human has answered, and where the thread is locked', () => {
    const run = new PlayedRun(rules);
    run.says();
    run
      .agentSays()
      .agentCloses()
      .pass(10 * minute);
    isRefused(run, { phase: 'closed' });
    const locked = mendable().run;
    locked.says();
    locked.handleEvent({ id: 'lock', type: 'content.thread_closed', issuedAt: locked.now });
    isRefused(locked, { phase: 'closed' });
  });

  it('where a human answered after the bot had the thread back', () => {
    const run = new PlayedRun(rules);
    run.says('where is it?');
    refuse(run, 0);
    run.agentSays();
    run.commands({ ...again, do: 'returnToBot' }).pass(minute);
    isRefused(run, { phase: 'bot' });
  });
});

describe('negative control: nothing is sent twice', () => {
  it('a core that asks whatever it is told sends the answer again', () => {
    const run = new PlayedRun(rules);
    run.says('where is it?');
    const { lastTurn = [] } = run.state.conversation;
    const asked = lastTurn.map((one) => ({ ...one, at: run.now }));
    const naive = { unanswered: asked, waiting: asked };
    run.state = { ...run.state, conversation: { ...run.state.conversation, ...naive } };
    run.pass(minute);
    expect(run.posts()).toEqual(['ANSWER', 'ANSWER']);
  });

  it('the command given many times to a failing bot leads to one answer', () => {
    const { bot, run } = mendable();
    run.says('where is it?');
    for (let i = 0; i < 3; i += 1) run.commands(again).pass(1_000);
    bot.isMended = true;
    for (let i = 0; i < 5; i += 1) run.commands(again).pass(1_000);
    expect(run.posts().filter((body) => body === 'ANSWER').length).toBeLessThanOrEqual(1);
  });
});

it('a human who writes while the thread is read has it, whatever the read has seen', () => {
  const { bot, run } = mendable();
  run.says('where is it?');
  bot.isMended = true;
  run.take({ type: 'command', command: again });
  run
    .handleEvent(agentReplied({ id: 'late', at: run.at + 1 }))
    .settle()
    .pass(minute);
  expect(run.state.ownership.phase).toBe('agent');
  expect(run.posts()).not.toContain('ANSWER');
});
