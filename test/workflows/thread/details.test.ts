/** Details that lists, alerts, timers and the next turn depend on. */
import { describe, expect, it } from 'vitest';
import { agentReplied, customerWrote, interventionEvent, ourEcho } from '../../harness/facts.js';
import {
  closedRule,
  codes,
  down,
  esc,
  hour,
  make,
  minute,
  op,
  phase,
  shut,
} from '../../harness/rules-meet.js';
import { testSettings } from '../../harness/thread-settings.js';
import { inOrder } from '../../../workflows/thread/core.js';
import { describeThread, detailsOf } from '../../../workflows/thread/planning/card.js';
import { addSeen, hasSeen, type SeenIds } from '../../../workflows/thread/state/seen-ids.js';
import { newThread } from '../../../workflows/thread/state/state.js';
import { isOver } from '../../../workflows/thread/transitions/closing.js';
import { afterAlert } from '../../../workflows/thread/transitions/alerts.js';

const logged = (run: ReturnType<typeof make>, code: string) =>
  run.state.report.log.filter((one) => one.code === code);

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

describe('the turn after', () => {
  it('can be restarted as often as the one before', () => {
    const run = make();
    for (let turn = 0; turn < 2; turn += 1) {
      for (let part = 0; part < 6; part += 1) {
        run.writes(`part ${turn}.${part}`);
        run.wait(1_000);
      }
      run.settle();
      run.pass(minute);
    }
    expect(logged(run, 'turnRestarted')).toHaveLength(10);
    expect(run.posts()).toEqual(['ANSWER', 'ANSWER']);
  });

  it('begins to count the bot’s failures anew', () => {
    const outcomes = [{ failed: 'Timeout' }, undefined, { failed: 'Timeout' }];
    const answer = () => outcomes.shift() ?? { replies: [{ body: 'ANSWER' }] };
    const run = make({}, { answer });
    for (const body of ['one', 'two', 'three']) run.says(body);
    expect(run.posts()).toEqual(['BOT FAILED', 'ANSWER', 'BOT FAILED']);
    expect(phase(run)).toBe('bot');
  });

  it('has the memory that the bot gave when it asked for more, or for a tool', () => {
    const answers = [
      { replies: [], wait: { forMs: 5_000 }, remember: { step: 1 } },
      { replies: [], calls: [{ id: 'c', tool: 'find', input: {} }], remember: { step: 2 } },
      { replies: [{ body: 'ANSWER' }] },
    ];
    const run = make({}, { answer: () => answers.shift() ?? { replies: [] } });
    run.says('one');
    run.pass(minute);
    expect(run.asked.map(({ memory }) => memory)).toEqual([{}, { step: 1 }, { step: 2 }]);
    expect(run.state.conversation.memory).toEqual({ step: 2 });
  });

  it('has the payload of a button, and what humans have said since the bot', () => {
    const run = make(esc);
    for (const said of ['I am Lee.', 'I am Kim.']) {
      run.says('one');
      run.agentSays(said);
      run.commands({ do: 'returnToBot', ...op });
    }
    const event = customerWrote({ id: 'button', at: run.at, body: 'Yes' });
    run.handleEvent({ ...event, content: { ...event.content, payload: 'yes' } }).pass(minute);
    expect(run.asked.at(-1)?.burst).toMatchObject([{ body: 'Yes', payload: 'yes' }]);
    expect(run.asked.at(-1)?.humansSaid.map(({ body }) => body)).toEqual(['I am Kim.']);
  });
});

describe('a turn', () => {
  it('that has called a tool is not restarted: the tool’s effect remains', () => {
    const call = { id: 'c', tool: 'order', input: {} };
    const answers = [{ replies: [], calls: [call] }, { replies: [{ body: 'ORDERED' }] }];
    const run = make({}, { answer: () => answers.shift() ?? { replies: [{ body: 'ANSWER' }] } });
    run.writes('order it');
    run.wait(1_000);
    run.end('askBot', answers.shift()!);
    run.end('callTool', { result: 'done' });
    run.writes('and one more');
    run.pass(minute);
    expect(logged(run, 'turnRestarted')).toEqual([]);
    expect(run.posts()).toEqual(['ORDERED', 'ANSWER']);
  });

  it('answered by a reply that was found after the thread came back is not asked again', () => {
    const run = make(esc);
    run.writes('where is it?');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.end('postReply', { is: 'ambiguous', code: 'Engage.AnswerLost' });
    run.take({ type: 'command', command: { do: 'takeOver', ...op } });
    run.take({ type: 'command', command: { do: 'returnToBot', ...op } });
    const found = { is: 'found', contentId: 'ours', createdAt: run.now } as const;
    while (run.doing() !== 'findReply') {
      if (run.doing() === undefined) run.wait(minute);
      else run.settle();
    }
    run.end('findReply', found).pass(hour);
    expect([run.posts(), run.state.conversation.unanswered]).toEqual([['ANSWER'], []]);
  });

  it('of a new conversation does not know what was said in the last one', () => {
    const run = make({}, { answer: () => ({ replies: [{ body: 'ANSWER' }], isSolved: true }) });
    run.says('one');
    run.pass(60 * 24 * hour);
    run.says('two');
    expect(run.asked.at(-1)?.record.map(({ body }) => body)).toEqual(['two']);
  });
});

describe('a step of a handover', () => {
  const noted = { handoverNote: 'By {bot}: {why}.', openIntervention: 'first' } as const;

  it('that fails calls a person, and the log has the failure', () => {
    const run = make({ ...esc, ...noted, openIntervention: 'never' });
    run.writes('a human please');
    run.handleEvent(interventionEvent('intervention.opened', { id: 'i', at: run.at }));
    run.wait(1_000);
    run.end('leaveNote', { failed: 'Engage.Forbidden' });
    expect(codes(run)).toEqual(['handoverNotNoted']);
    expect(logged(run, 'stepFailed')).toMatchObject([{ failure: 'Engage.Forbidden' }]);
  });

  it('has a note that quotes the bot’s reason, cut to 500 characters', () => {
    const handOver = { because: 'botGaveUp', reason: 'x'.repeat(9_000) } as const;
    const run = make({ ...esc, ...noted }, { answer: () => ({ replies: [], handOver }) });
    run.says('where is it?');
    const notes = run.works.flatMap((one) => (one.do === 'leaveNote' ? [one.input.body] : []));
    expect(notes).toHaveLength(1);
    expect(/x+/.exec(notes[0] ?? '')?.[0]).toHaveLength(500);
  });

  it('is enqueued once, beside a reply of which nobody knows whether it arrived', () => {
    const run = make({ ...esc, handoverNote: noted.handoverNote });
    run.writes('where is it?');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.end('postReply', { is: 'ambiguous', code: 'Engage.AnswerLost' });
    run.take({ type: 'command', command: { do: 'askHandover', ...op } });
    const keys = run.state.outbox.items.map(({ key }) => key);
    expect(keys).toHaveLength(new Set(keys).size);
  });

  it('a reply that needs an intervention, where none may be opened, is a handover', () => {
    const run = make(esc, { post: () => ({ is: 'needsIntervention' }) });
    run.state = { ...run.state, settings: { ...run.state.settings, openIntervention: 'never' } };
    run.says('where is it?');
    expect([phase(run), run.state.ownership.reason]).toEqual(['handover', 'replyRefused']);
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

it('the text of the business for closed hours takes the place of the handover’s', () => {
  const closed = closedRule();
  const whenClosed = { do: 'handOver', say: 'WE OPEN AT NINE' } as const;
  const run = make(
    { ...closed, availability: { ...closed.availability!, whenClosed } },
    { availability: shut },
  );
  run.says('a human please');
  expect([run.posts(), phase(run)]).toEqual([['WE OPEN AT NINE'], 'handover']);
});

describe('reports of the platform', () => {
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
    const run = make();
    run.says('hello');
    run.pass(30 * hour);
    expect([phase(run), run.count('recategorise')]).toEqual(['closed', 0]);
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
