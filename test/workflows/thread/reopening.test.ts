/** When the human is done: the three ways of reopening, at each distance from the end. */
import { describe, expect, it } from 'vitest';
import { CoreRun } from '../../harness/core-run.js';
import { agentReplied, customerWrote, interventionEvent } from '../../harness/facts.js';
import { testSettings } from '../../harness/thread-settings.js';
import { withOutbox } from '../../../workflows/thread/state/outbox.js';

const minute = 60_000;
const hour = 60 * minute;
const usual = testSettings.policies.filter((name) => name !== 'reopen-to-bot');

/** A human has closed the intervention, a minute into the conversation, and the window has passed. */
function settled(reopen: string, more: readonly string[] = []): CoreRun {
  const run = new CoreRun({
    policies: [...usual, ...more, reopen],
    farewellWords: ['thanks'],
    loopGuard: { handovers: 2, within: 10 * hour },
  });
  run.handleEvent(agentReplied({ id: 'a', at: 0 })).end('recategorise', { categoryIds: [] });
  run.handleEvent(
    interventionEvent('intervention.closed', { id: 'i', at: minute, userId: 'user-agent' }),
  );
  return run.wait(6 * minute);
}

function writes(run: CoreRun, body = 'hello again', categoryIds?: string[]): CoreRun {
  const at = run.now - run.began + 1;
  return run.handleEvent(customerWrote({ id: `back-${at}`, at, body }, categoryIds)).wait(1_000);
}

function asked({ works }: CoreRun): number {
  return works.filter((work) => work.do === 'askBot').length;
}

describe('reopen-to-bot', () => {
  it.each([
    ['a second', 1_000],
    ['an hour', hour],
    ['thirty days', 30 * 24 * hour],
  ])('the bot answers, %s after the end', (_, time) => {
    const run = settled('reopen-to-bot').end('recategorise', { categoryIds: [] }).wait(time);
    writes(run);
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.doing()).toBe('askBot');
  });
});

describe('stay-with-agent', () => {
  it.each([
    ['a second', 1_000],
    ['an hour', hour],
  ])('the agents have what the customer writes %s after the end', (_, time) => {
    const run = settled('stay-with-agent').wait(time);
    expect(run.doing()).toBeUndefined();
    writes(run);
    expect(run.state).toMatchObject({ ownership: { phase: 'agent', reason: 'reopenedToAgent' } });
    expect(run.doing()).toBeUndefined();
  });

  it('gives the thread to the bot once the inclusion delay has passed', () => {
    const run = settled('stay-with-agent').wait(25 * hour);
    expect(run.doing()).toBe('recategorise');
    run.end('recategorise', { categoryIds: [] });
    writes(run);
    expect(run.doing()).toBe('askBot');
    expect(run.state.ownership.episode).toBe(1);
  });
});

describe('while the default categories of the source send threads to humans', () => {
  const kept = { categoryIds: ['category-agent'], isKept: true } as const;

  it('a human’s completion leaves the thread with humans, and so does the customer’s return', () => {
    const run = settled('reopen-to-bot');
    expect(run.state.outbox.inFlight).toMatchObject({
      do: 'recategorise',
      input: { in: 'category-bot', unlessSourceIsHumans: 'source-chat' },
    });
    writes(run.end('recategorise', kept), 'hello again', ['category-agent']);
    expect(run.doing()).toBe('readThread');
    run.end('readThread', { categoryIds: ['category-agent'], isLocked: false });
    expect(run.state).toMatchObject({
      ownership: { phase: 'handover', reason: 'categoryChanged' },
      conversation: { unanswered: [{ content: { body: 'hello again' } }] },
    });
    expect(asked(run)).toBe(0);
  });

  it('a customer who returns before that is known has a human, who is asked for nothing twice', () => {
    const run = settled('reopen-to-bot');
    writes(run);
    expect(run.state.ownership.phase).toBe('bot');
    while (run.doing() === 'recategorise') run.end('recategorise', kept);
    expect(run.state.ownership).toMatchObject({ phase: 'handover', reason: 'categoryChanged' });
    expect([asked(run), run.posts()]).toEqual([0, []]);
  });

  it('an operator’s return is not subject to them', () => {
    const run = settled('stay-with-agent');
    writes(run);
    run.take({ type: 'command', command: { do: 'returnToBot', by: 'olga', why: 'it is right' } });
    const { inFlight } = run.state.outbox;
    expect(inFlight).toMatchObject({ do: 'recategorise', input: { in: 'category-bot' } });
    expect(inFlight?.input).not.toHaveProperty('unlessSourceIsHumans');
  });
});

it('a category that others set before an operator closed the conversation is looked at, not replaced', () => {
  const run = new CoreRun({ policies: [...usual, 'reopen-to-bot'] });
  run.handleEvent(customerWrote({ id: '1', at: 0 }, ['category-agent'])).wait(1_000);
  run.end('readThread', { categoryIds: ['category-agent'], isLocked: false });
  run.take({ type: 'command', command: { do: 'close', by: 'olga', why: 'nonsense' } }).wait(minute);
  writes(run, 'hello again', ['category-agent']);
  expect(run.works.map((work) => work.do)).toEqual(['readThread', 'readThread']);
});

describe('block', () => {
  it('locks the thread on the platform', () => {
    const run = settled('block');
    expect(run.doing()).toBe('lockThread');
    run.end('lockThread', { is: 'done' });
    expect(run.state).toMatchObject({
      ownership: { phase: 'closed' },
      report: { attention: [] },
    });
  });

  it('that the platform refuses calls a person', () => {
    const run = settled('block').end('lockThread', { is: 'refused', code: 'x' });
    expect(run.state.report.attention[0]?.code).toBe('threadNotLocked');
    // … and the thread is the bot's, where the customer can still write.
    expect(run.state.outbox.inFlight).toMatchObject({
      do: 'recategorise',
      input: { in: 'category-bot' },
    });
  });
});

it('"thanks" after the end restarts nothing', () => {
  const run = settled('reopen-to-bot', ['stay-quiet-after-farewell']);
  run.end('recategorise', { categoryIds: [] });
  writes(run, 'Thanks!');
  expect(run.state.ownership.phase).toBe('closed');
  expect(run.doing()).toBeUndefined();
  expect(run.state.conversation.record.at(-1)?.body).toBe('Thanks!');
});

it('ping-pong between a failing bot and humans ends with the humans, and a person is called', () => {
  const run = new CoreRun({
    policies: [...usual, 'stay-with-agent-when-looping', 'reopen-to-bot'],
    loopGuard: { handovers: 2, within: 10 * hour },
    maxFailedTurns: 1,
  });
  run.handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
  for (let round = 1; round <= 2; round += 1) {
    expect(run.doing()).toBe('askBot');
    run.end('askBot', { failed: 'Timeout' }).end('recategorise', { categoryIds: [] });
    const at = run.now - run.began + 2_000;
    run.handleEvent(agentReplied({ id: `a${round}`, at }));
    const closing = { id: `i${round}`, at: at + 1_000, userId: 'user-agent' };
    run.handleEvent(interventionEvent('intervention.closed', closing));
    run.state = withOutbox(run.state, { inFlight: undefined, items: [] });
    run.wait(6 * minute);
    if (run.doing() === 'recategorise') run.end('recategorise', { categoryIds: [] });
    writes(run);
  }
  expect(run.state).toMatchObject({ ownership: { phase: 'agent', reason: 'reopenedToAgent' } });
  expect(run.state.report.log).toContainEqual(
    expect.objectContaining({ code: 'attentionRaised', attention: 'pingPong' }),
  );
});

it('an agent who writes and completes within one second, seen just before a post, is done', () => {
  const run = new CoreRun({ openIntervention: 'never' });
  run.handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
  run.end('askBot', { replies: [{ body: 'hi' }] });
  const createdAt = run.began + 5_000;
  run.end('postReply', { is: 'humanSpoke', contentId: 'h', createdAt });
  run.handleEvent(
    interventionEvent('intervention.closed', { id: 'i', at: 5_454, userId: 'user-agent' }),
  );
  expect(run.state.human.settling).toBeDefined();
});

it('a human who takes the thread while it is read keeps it, whatever the read has seen', () => {
  const run = new CoreRun();
  const event = customerWrote({ id: '1', at: 0 }, ['category-agent']);
  run.handleEvent(event).wait(1_000);
  expect(run.doing()).toBe('readThread');
  run.handleEvent(agentReplied({ id: '2', at: 2_000 }));
  run.end('readThread', { categoryIds: ['category-bot'], isLocked: false });
  expect(run.state.ownership.phase).toBe('agent');
  expect(run.doing()).toBe('recategorise');
});
