/**
 * A run in the place of one that was ended: the platform's own record says who has the thread and what nobody
 * has answered. What has an answer there is not answered again.
 */
import { describe, expect, it } from 'vitest';
import type { ContentEvent } from '../../../workflows/contract/engage-event.js';
import { nextSpeaker } from '../../../workflows/thread/planning/next-speaker.js';
import { deadlines } from '../../../workflows/thread/planning/deadlines.js';
import { agentReplied, customerWrote, ourEcho, start } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { everyRule, withoutChecks } from '../../harness/thread-settings.js';

const hour = 60 * 60_000;
const settings = {
  ...withoutChecks(everyRule('reopen-to-bot')),
  openIntervention: 'never' as const,
  escalations: {},
  farewellWords: ['bye'],
};
const ended = { type: 'runEnded', ended: { runId: 'run-1', how: 'terminated' } } as const;
const bot = ['category-bot'];
const agents = ['category-agent'];

/** Two days ago; ids say the order. */
const at = (hours: number) => (hours - 48) * hour;
const asks = (id: string, hours: number, body = id) => customerWrote({ id, at: at(hours), body });
const answers = (id: string, hours: number, asked: string) =>
  ourEcho({ id, at: at(hours), body: `to ${asked}` }, `content-${asked}`);
const human = (id: string, hours: number) => agentReplied({ id, at: at(hours), body: id });

function rebuilt(categoryIds: readonly string[], ...events: readonly ContentEvent[]): PlayedRun {
  const run = new PlayedRun(settings).take(ended);
  run.end('readContents', { categoryIds, isLocked: false, events });
  return run.pass(60_000);
}

const asked = (run: PlayedRun) => run.asked.map(({ burst }) => burst.map(({ body }) => body));
const attention = (run: PlayedRun) => run.state.report.attention.map(({ code }) => code);

describe('with the bot', () => {
  it('what nobody has answered is answered, once, however old it is', () => {
    const run = rebuilt(
      bot,
      asks('one', 1),
      answers('a', 1, 'one'),
      asks('two', 2),
      asks('three', 3),
    );
    expect(asked(run)).toEqual([['two', 'three']]);
    expect(run.posts()).toEqual(['ANSWER']);
    expect(run.asked[0]?.record.map(({ body }) => body)).toEqual(['one', 'to one', 'two', 'three']);
    // An answer ends the attention.
    expect(attention(run)).toEqual([]);
  });

  it('a reply answers what it refers to, not what was written meanwhile', () => {
    const run = rebuilt(bot, asks('one', 1), asks('two', 2), answers('a', 3, 'one'));
    expect(asked(run)).toEqual([['two']]);
  });

  it.each([
    { what: 'the bot has answered', events: [asks('one', 1), answers('a', 2, 'one')] },
    { what: 'a human has answered', events: [asks('one', 1), human('h', 2)] },
    {
      what: 'is only a farewell',
      events: [asks('one', 1), answers('a', 2, 'one'), asks('two', 3, 'bye')],
    },
  ])('what $what is not answered; the thread stays known, with attention', ({ events }) => {
    const run = rebuilt(bot, ...events);
    expect([asked(run), attention(run)]).toEqual([[], ['runEnded']]);
    // A late duplicate is recognised.
    run.handleEvent(asks('one', 1)).pass(60_000);
    expect(asked(run)).toEqual([]);
  });

  it('what was delivered again before the record was read is recognised as answered', () => {
    const run = new PlayedRun(settings)
      .handleEvent(customerWrote({ id: 'one', at: 0 }))
      .take(ended);
    const events = [
      customerWrote({ id: 'one', at: 0 }),
      ourEcho({ id: 'a', at: 1 }, 'content-one'),
    ];
    run.end('readContents', { categoryIds: bot, isLocked: false, events }).pass(60_000);
    expect([asked(run), run.state.conversation.unanswered]).toEqual([[], []]);
  });

  it('each customer has their own answers', () => {
    const other = asks('two', 2);
    const bea = { ...other, content: { ...other.content, authorId: 'identity-bea' } };
    const run = rebuilt(bot, asks('one', 1), bea, answers('a', 3, 'two'));
    expect(asked(run)).toEqual([['one']]);
  });
});

describe('with humans', () => {
  it('it stays with them: who waits is known, and the bot is silent', () => {
    const run = rebuilt(agents, asks('one', 1), human('h', 2), asks('two', 3));
    expect(run.state.ownership.phase).toBe('agent');
    expect(run.state.conversation.unanswered.map(({ content }) => content.body)).toEqual(['two']);
    expect([asked(run), attention(run)]).toEqual([[], ['runEnded']]);
    expect(run.count('recategorise')).toBe(0);
    expect(attention(run.agentSays())).toEqual([]);
  });

  it('nobody has engaged: the customer waits, although the bot has said farewell', () => {
    const run = rebuilt(
      agents,
      asks('one', 1),
      answers('a', 1, 'one'),
      asks('two', 2),
      answers('b', 2, 'two'),
    );
    expect(run.state.ownership.phase).toBe('handover');
    expect(run.state.conversation.unanswered.map(({ content }) => content.body)).toEqual(['two']);
    expect(attention(run.agentSays())).toEqual([]);
  });
});

it('a locked thread is closed', () => {
  const run = new PlayedRun(settings).take(ended);
  run.end('readContents', { categoryIds: bot, isLocked: true, events: [asks('one', 1)] });
  expect([run.state.ownership.phase, asked(run.pass(60_000))]).toEqual(['closed', []]);
});

it('told again of the same run, it reads nothing more; a delivery meanwhile is answered with the rest', () => {
  const run = new PlayedRun(settings).take(ended).take(ended);
  run.handleEvent(customerWrote({ id: 'new', at: 0, body: 'new' })).wait(10_000);
  const events = [
    asks('old', 1),
    { ...customerWrote({ id: 'new', at: 0, body: 'new' }), issuedAt: start },
  ];
  run.end('readContents', { categoryIds: bot, isLocked: false, events }).pass(60_000);
  expect(asked(run)).toEqual([['old', 'new']]);
  expect(run.take(ended).pass(60_000).count('readContents')).toBe(1);
});

it('a thread that the platform does not show is a person’s', () => {
  const run = new PlayedRun(settings)
    .take(ended)
    .end('readContents', { failed: 'Engage.NotFound' });
  expect(attention(run)).toEqual(['runEnded', 'threadUnreadable']);
});

describe('while the platform is away', () => {
  const away = { failed: 'Engage.PlatformFailed' } as const;

  it('the run can continue as new between attempts, and reads as soon as the platform is back', () => {
    const run = new PlayedRun(settings).take(ended);
    for (let tries = 0; tries < 20; tries += 1) {
      run.end('readContents', away);
      // A run continues as new only when nothing is in flight.
      expect([run.doing(), deadlines(run.state).map(({ name }) => name)]).toEqual([
        undefined,
        ['thread-read'],
      ]);
      run.wait(deadlines(run.state)[0]!.at - run.now);
    }
    expect(run.now - run.began).toBeLessThan(2 * hour);
    run.end('readContents', { categoryIds: bot, isLocked: false, events: [asks('one', 1)] });
    expect(run.pass(60_000).posts()).toEqual(['ANSWER']);
  });

  it('nothing is done with what is delivered meanwhile', () => {
    const run = new PlayedRun(settings).take(ended);
    run.end('readContents', away).writes('hello?');
    run.wait(20_000);
    expect([run.doing(), nextSpeaker(run.state)?.then.what]).toEqual([undefined, 'thread-read']);
    run.wait(10_000).end('readContents', { categoryIds: bot, isLocked: false, events: [] });
    expect(run.pass(60_000).posts()).toEqual(['ANSWER']);
  });

  it('what is delivered meanwhile resolves nothing: one alert, until an answer ends it', () => {
    const run = new PlayedRun({ ...settings, alerts: true }).take(ended);
    run.end('readContents', away).writes('hello?');
    expect(attention(run)).toEqual(['runEnded']);
    run.wait(30_000).end('readContents', { categoryIds: bot, isLocked: false, events: [] });
    const alerts = () =>
      run.state.report.alerts?.pending.map(({ type, resolvedBy }) => [type, resolvedBy]);
    expect(alerts()).toEqual([['attention.raised', undefined]]);
    run.settle();
    expect(alerts()?.slice(1)).toEqual([['attention.resolved', 'botSpoke']]);
  });

  it('it is given up by time, and a person is called', () => {
    const run = new PlayedRun({ ...settings, giveUpAfter: hour }).take(ended);
    while (run.doing() === 'readContents') {
      run.end('readContents', away);
      run.wait((deadlines(run.state)[0]?.at ?? run.now) - run.now);
    }
    expect(attention(run)).toContain('threadUnreadable');
    expect(run.now - run.began).toBeGreaterThanOrEqual(hour);
  });
});
