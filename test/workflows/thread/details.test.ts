/** Details that lists, alerts, timers and commands depend on. */
import { describe, expect, it } from 'vitest';
import { asPosted } from '../../harness/core-run.js';
import { agentReplied, customerWrote, interventionEvent, ourEcho } from '../../harness/facts.js';
import {
  codes,
  down,
  esc,
  hour,
  logged,
  make,
  minute,
  op,
  phase,
} from '../../harness/rules-meet.js';
import { testSettings, virtualAgent } from '../../harness/thread-settings.js';
import { inOrder } from '../../../workflows/thread/core.js';
import { describeThread, detailsOf } from '../../../workflows/thread/planning/card.js';
import { addSeen, hasSeen, type SeenIds } from '../../../workflows/thread/state/seen-ids.js';
import { newThread } from '../../../workflows/thread/state/state.js';
import { isOver } from '../../../workflows/thread/transitions/closing.js';
import { afterAlert } from '../../../workflows/thread/transitions/alerts.js';

describe('the card', () => {
  it('names the source, the outbox, and who speaks next', () => {
    const run = make(esc, { post: () => down });
    run.says('where is it?');
    const card = describeThread(run.state);
    expect(card).toMatchObject({ source: testSettings.name, phase: 'bot' });
    expect(card.outbox).toMatchObject([{ do: 'reply', state: 'pending' }]);
    expect(card.next).toMatchObject({ who: 'bot', unanswered: 1, then: { what: 'outbox-retry' } });
    expect(detailsOf(run.state)).toMatch(/Speaks next: bot, .* 1 unanswered; .*outbox-retry at 20/);
  });

  it('gives no time where nothing is due', () => {
    const run = make();
    run.says('a human please');
    expect(detailsOf(run.state)).toMatch(/otherwise \S+$/m);
  });
});

describe('commands', () => {
  it('a refused move is counted and logged, with its reason', () => {
    const run = make();
    run.says('hello');
    run.commands({ do: 'returnToBot', ...op });
    expect(run.state.report.counts.refusedMoves).toBe(1);
    const refused = { move: 'operatorReturned', phase: 'bot' };
    expect(logged(run, 'moveRefused')).toMatchObject([{ ...refused, why: 'operator op: x' }]);
  });

  it('the end of an emergency leaves threads that wait for another reason', () => {
    const run = make(esc);
    run.says('a human please');
    run.commands({ do: 'giveBack', ...op });
    expect([phase(run), run.state.ownership.reason]).toEqual(['handover', 'customerAsked']);
  });

  it('a pause until now resumes the bot', () => {
    const run = make();
    run.says('hello');
    run.commands({ do: 'pauseBot', until: run.now, ...op });
    expect([logged(run, 'botPaused').length, logged(run, 'botResumed').length]).toEqual([0, 1]);
  });
});

describe('reports of the platform', () => {
  it('words of a human from before an operator returned the thread take it no more', () => {
    const run = make(esc);
    run.says('a human please');
    const before = run.at;
    run.pass(minute);
    run.says('hello?');
    run.commands({ do: 'returnToBot', ...op });
    run.handleEvent(agentReplied({ id: 'late', at: before })).settle();
    expect([phase(run), run.state.report.counts.late]).toEqual(['bot', 1]);
  });

  it.each([
    [25, 'a question'],
    [27, undefined],
  ])('%i hours older than the run: a new content, or a late duplicate', (hours, body) => {
    const run = make();
    run.handleEvent(customerWrote({ id: 'old', at: -hours * hour, body: 'a question' }));
    run.pass(minute);
    expect(run.asked[0]?.burst[0]?.body).toBe(body);
  });

  it('a content of the bot’s user is ours, whoever caused the event', () => {
    const run = make();
    run.says('hello');
    const echo = ourEcho({ id: 'other', at: run.at }, 'content-1');
    run.handleEvent({ ...echo, userId: 'user-agent' });
    expect(phase(run)).toBe('bot');
  });

  it('contents of the same time are ordered by id, however they are delivered', () => {
    const bodies = (ids: readonly string[]) => {
      const run = make();
      run.handleEvent(...ids.map((id) => customerWrote({ id, at: 0, body: id }))).pass(minute);
      return run.asked[0]?.burst.map(({ body }) => body);
    };
    expect(bodies(['b', 'a', 'c'])).toEqual(['a', 'b', 'c']);
    expect(bodies(['c', 'b', 'a'])).toEqual(['a', 'b', 'c']);
  });

  it('a post that was withdrawn before a worker had it is not searched for', () => {
    const run = make();
    run.writes('hello');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.handleEvent(agentReplied({ id: 'a', at: run.at + 1 }));
    run.end('postReply', { failed: 'CancelledFailure' });
    run.pass(hour);
    expect(run.count('findReply')).toBe(0);
  });
});

describe('work for the platform', () => {
  const inputs = (run: ReturnType<typeof make>) =>
    run.works.map(({ do: what, input }) => ({ what, input }));

  it('names the thread, the change, and the delivery that began it', () => {
    const run = make(esc);
    const trace = 'the delivery';
    run.handleEvent({ ...customerWrote({ id: 'c', at: 0, body: 'hello' }), trace }).pass(minute);
    run.says('a human please');
    const change = { out: ['category-bot'], in: 'category-agent' };
    expect(inputs(run)).toMatchObject([
      { what: 'askBot', input: { trace, turn: { memory: {} } } },
      { what: 'postReply', input: { trace, threadId: 'thread' } },
      { what: 'recategorise', input: { threadId: 'thread', ...change } },
      { what: 'postReply', input: { threadId: 'thread', body: 'HANDOVER' } },
    ]);
  });

  it('is done on the intervention that a content has named', () => {
    const run = make({ ...esc, handoverNote: 'NOTE', openIntervention: 'first' });
    const asked = customerWrote({ id: 'c', at: 0, body: 'a human please' });
    const interventionId = 'of-a-human';
    run.handleEvent({ ...asked, content: { ...asked.content, interventionId } }).pass(minute);
    expect(inputs(run)).toContainEqual(
      expect.objectContaining({
        ...{ what: 'leaveNote', input: expect.objectContaining({ interventionId }) as object },
      }),
    );
  });

  it.each([
    ['categories alone: the bot has the thread, and a person is called', {}, 'bot'],
    ['a virtual agent: the platform has kept it for humans', virtualAgent, 'handover'],
  ])('that takes a thread back and is refused, with %s', (_, driver, after) => {
    let isRefused = false;
    const refused = { failed: 'Engage.NotAuthorised' } as const;
    const recategorise = () => (isRefused ? refused : { categoryIds: [] });
    const run = make({ ...esc, ...driver }, { recategorise });
    run.says('a human please');
    isRefused = true;
    run.commands({ do: 'returnToBot', ...op }).pass(1_000);
    expect(phase(run)).toBe(after);
    expect(codes(run)).toContain('categoriesNotSet');
  });

  it.each([{}, virtualAgent])('that moves it to humans and is refused is told: %o', (driver) => {
    const recategorise = () => ({ failed: 'Engage.NotAuthorised' });
    const run = make({ ...esc, ...driver }, { recategorise });
    run.says('a human please');
    expect([phase(run), run.posts()]).toEqual(['bot', ['HANDOVER FAILED']]);
  });
});

it('what the bot is told of humans is all that they said since its last reply', () => {
  const run = make();
  run.agentSays('Your parcel is lost.');
  run.commands({ do: 'returnToBot', ...op });
  for (const body of ['oh', 'what now?']) run.writes(body);
  run.pass(minute);
  run.says('hello?');
  const told = run.asked.map(({ humansSaid }) => humansSaid.map(({ body }) => body));
  expect(told).toEqual([['Your parcel is lost.'], []]);
});

it('a late report of an earlier end does not close an intervention that we have opened since', () => {
  const run = make({ ...esc, handoverNote: 'NOTE', openIntervention: 'first' });
  const ended = (at: number) => ({
    ...interventionEvent('intervention.closed', { id: 'i', at, userId: 'user-agent' }),
    interventionId: 'i',
  });
  run.says('hello');
  run.handleEvent(ended(10_000)).pass(hour);
  run.says('hello again');
  run.handleEvent(ended(9_000)).settle();
  run.says('a human please');
  expect([run.count('openIntervention'), run.count('leaveNote')]).toEqual([2, 1]);
});

describe('a human whom the post of a reply has met', () => {
  function meeting(secondsLater: number) {
    const run = make();
    run.writes('hello');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ONE' }, { body: 'TWO' }] });
    run.end('postReply', asPosted(run));
    const createdAt = run.now + secondsLater * 1_000;
    return run.end('postReply', { is: 'humanSpoke', contentId: 'h', createdAt });
  }

  it('is crossed by what the bot has said in the same second, not by what it said before', () => {
    const crossed = [0, 1].map((later) => meeting(later).state.report.counts.crossedReplies);
    expect(crossed).toEqual([1, 0]);
  });

  it('is received again soon after an operator has returned the thread', () => {
    const run = meeting(0);
    run.pass(10_000).commands({ do: 'returnToBot', ...op });
    expect(phase(run)).toBe('bot');
    run.pass(10_000).agentSays();
    expect([phase(run), run.state.report.counts.late]).toEqual(['agent', 0]);
  });
});

describe('retries and ends', () => {
  it('a change of category is tried again after growing pauses', () => {
    const times: number[] = [];
    const failed = { failed: 'Engage.PlatformFailed' } as const;
    const run = make(esc, {
      recategorise: () => {
        times.push(run.now);
        return times.length < 5 ? failed : { categoryIds: [] };
      },
    });
    run.says('a human please');
    run.pass(hour);
    const pauses = times.slice(1).map((time, at) => time - times[at]!);
    expect(pauses).toEqual([30_000, 60_000, 60_000, 60_000]);
  });

  it('a silent customer’s conversation is closed without a change of category', () => {
    const escalations = { customerSilent: [{ after: hour, do: 'close' }] } as const;
    const policies = [...testSettings.policies, 'nudge-when-customer-silent'];
    for (const run of [make(), make({ policies, escalations })]) {
      run.says('hello');
      run.pass(30 * hour);
      expect([phase(run), run.count('recategorise')]).toEqual(['closed', 0]);
    }
  });

  it('a run without a conversation is over at once, unless it must know an ended one', () => {
    const fresh = newThread({ domainId: 'd', threadId: 't' }, testSettings, 0);
    expect(isOver(fresh, 0)).toBe(true);
    const run = make().take({ type: 'runEnded', ended: { runId: 'r', how: 'terminated' } });
    run.end('readContents', { categoryIds: ['category-bot'], isLocked: false, events: [] });
    expect(codes(run)).toEqual(['runEnded']);
    expect([isOver(run.state, run.now), isOver(run.state, run.now + testSettings.linger)]).toEqual([
      false,
      true,
    ]);
  });

  it('alerts keep counting after one has arrived', () => {
    const run = make({ ...esc, alerts: true });
    run.says('a human please');
    run.pass(6 * minute);
    run.state = afterAlert(run.state, { number: 1, hasArrived: true }, run.now);
    run.agentSays();
    expect(run.state.report.alerts?.pending).toMatchObject([
      { number: 2, type: 'attention.resolved', phase: 'agent' },
    ]);
  });
});

it('the queue of a run is taken in order: events, other entries, the timer', () => {
  const events = { type: 'events', events: [customerWrote({ id: 'a', at: 0 })] } as const;
  const command = { type: 'command', command: { do: 'takeOver', ...op } } as const;
  expect(inOrder([command, events], true)).toEqual([events, command, { type: 'timePassed' }]);
});

it('keys of events are remembered for 26 hours', () => {
  const many = (from: string) => Array.from({ length: 200 }, (_, at) => `${from}-${at}`);
  const first = addSeen([], ['first'], 0);
  expect(hasSeen(addSeen(first, many('a'), 25 * hour), 'first')).toBe(true);
  expect(hasSeen(addSeen(first, many('a'), 27 * hour), 'first')).toBe(false);
});

it('keys of events are bounded, and the newest stay', () => {
  let seen: SeenIds = [];
  for (let at = 0; at < 25_000; at += 100) {
    const keys = Array.from({ length: 100 }, (_, index) => `key-${at + index}`);
    seen = addSeen(seen, keys, 0);
  }
  const keys = seen.reduce((sum, chunk) => sum + Object.keys(chunk.keys).length, 0);
  expect(keys).toBeLessThanOrEqual(20_000);
  expect(keys).toBeGreaterThan(19_000);
  expect([hasSeen(seen, 'key-24999'), hasSeen(seen, 'key-0')]).toEqual([true, false]);
});
