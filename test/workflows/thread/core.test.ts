/** The story of a thread, played on the pure core: what is done in which phase, and what never is. */
import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../workflows/thread/transitions/commands.js';
import { asPosted, CoreRun } from '../../harness/core-run.js';
import {
  agentReplied,
  brandPosted,
  customerWrote,
  interventionEvent,
  ourEcho,
  start,
  taskTaken,
  welcomeMessage,
} from '../../harness/facts.js';
import { answering, withAgent } from '../../harness/begun.js';

const minute = 60_000;

describe('a turn', () => {
  it('waits for quiet, asks the bot, posts its replies in order', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 }));
    expect(run.doing()).toBeUndefined();
    run.wait(999);
    expect(run.doing()).toBeUndefined();
    run.wait(1);
    expect(run.doing()).toBe('askBot');
    run.end('askBot', { replies: [{ body: 'one' }, { body: 'two' }] });
    run.end('postReply', asPosted(run)).end('postReply', asPosted(run));
    expect(run.posts()).toEqual(['one', 'two']);
    expect(run.doing()).toBeUndefined();
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.state.conversation.turn).toBeUndefined();
  });

  it('makes one of a burst, at most the cap after its first content', () => {
    const run = new CoreRun();
    for (let i = 0; i < 12; i += 1)
      run.handleEvent(customerWrote({ id: `${i}`, at: i * 500 })).wait(499);
    const [asked] = run.works;
    expect(asked?.do).toBe('askBot');
    if (asked?.do !== 'askBot') return;
    expect(asked.input.turn.burst).toHaveLength(11);
  });

  it('is begun anew by a newer content while the bot thinks', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.handleEvent(customerWrote({ id: '2', at: 1_500 }));
    expect(run.doing()).toBeUndefined();
    run.wait(1_000);
    const asked = run.works.at(-1);
    if (asked?.do !== 'askBot') throw new Error('the bot was not asked again');
    expect(asked.input.turn.burst.map(({ id }) => id)).toEqual(['content-1', 'content-2']);
  });

  it('once it may have spoken, lets a newer content wait for the next turn', () => {
    const run = answering().handleEvent(customerWrote({ id: '2', at: 1_100 }));
    expect(run.doing()).toBe('postReply');
    run.end('postReply', asPosted(run)).wait(1_000);
    const asked = run.works.at(-1);
    if (asked?.do !== 'askBot') throw new Error('the bot was not asked again');
    expect(asked.input.turn.burst.map(({ id }) => id)).toEqual(['content-2']);
  });

  it('keeps what the bot wants remembered only once it has spoken', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.end('askBot', { replies: [{ body: 'hi' }], remember: { hasGreeted: true } });
    expect(run.state.conversation.memory).toEqual({});
    run.end('postReply', asPosted(run));
    expect(run.state.conversation.memory).toEqual({ hasGreeted: true });
  });

  it('opens the intervention before the first reply where the source wants it, once', () => {
    const run = answering('hi', new CoreRun({ openIntervention: 'first' }));
    run.end('openIntervention', { is: 'opened', interventionId: 'i', ownerId: 'user-bot' });
    run.end('postReply', asPosted(run));
    run.handleEvent(customerWrote({ id: '2', at: 9_000 })).wait(1_000);
    run.end('askBot', { replies: [{ body: 'again' }] });
    expect(run.doing()).toBe('postReply');
  });
});

describe('a reply', () => {
  it('whose answer is lost is looked for, and not sent again when it is there', () => {
    const run = answering().end('postReply', { is: 'ambiguous', code: 'Engage.AnswerLost' });
    expect(run.doing()).toBeUndefined();
    run.wait(5_000).end('findReply', { is: 'found', contentId: 'c', createdAt: run.now });
    expect(run.posts()).toEqual(['Welcome!']);
    expect(run.state.outbox.items).toEqual([]);
  });

  it('whose answer is lost is sent again after two looks in vain', () => {
    const run = answering().end('postReply', { failed: 'Timeout' });
    run.wait(5_000).end('findReply', { is: 'notFound' });
    run.wait(5_000).end('findReply', { is: 'notFound' });
    expect(run.doing()).toBe('postReply');
    run.end('postReply', asPosted(run));
    expect(run.state.report.counts.replies).toBe(1);
  });

  it('is settled by its echo, whichever comes first', () => {
    const run = answering().handleEvent(
      ourEcho({ id: 'o', at: 1_100, body: 'Welcome!' }, 'content-1'),
    );
    expect(run.state.outbox.items).toEqual([]);
    run.end('postReply', { is: 'posted', contentId: 'content-o', createdAt: 0, contentsBefore: 1 });
    expect(run.state.report.counts.replies).toBe(1);
    expect(run.doing()).toBeUndefined();
  });

  it('that the platform refuses for good becomes a human’s matter', () => {
    const run = answering().end('postReply', { is: 'refused', code: 'Engage.InvalidRequest' });
    expect(run.state.ownership.phase).toBe('handover');
    expect(run.state.ownership.reason).toBe('replyRefused');
    expect(run.state.report.attention[0]?.code).toBe('replyUndelivered');
  });

  it('the platform cannot take now is sent after the time it asked for', () => {
    const run = answering();
    run.end('postReply', { is: 'notSent', code: 'Engage.RateLimited', retryAfter: 30_000 });
    run.wait(29_999);
    expect(run.doing()).toBeUndefined();
    run.wait(1);
    expect(run.posts()).toEqual(['Welcome!', 'Welcome!']);
  });
});

describe('handover', () => {
  it('moves the category first, then tells the customer, once', () => {
    const run = new CoreRun().handleEvent(
      customerWrote({ id: '1', at: 0, body: 'a Human, please' }),
    );
    run.wait(1_000);
    expect(run.state.ownership.phase).toBe('handover');
    expect(run.doing()).toBe('recategorise');
    run.end('recategorise', { categoryIds: ['category-agent'] });
    expect(run.posts()).toEqual(['HANDOVER']);
    run.end('postReply', asPosted(run));
    run.handleEvent(customerWrote({ id: '2', at: 9_000 })).wait(60 * minute);
    expect(run.posts()).toEqual(['HANDOVER']);
  });

  it('with a farewell of the bot says that and nothing else', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    const replies = [{ body: 'Bye, my colleague comes.' }];
    run.end('askBot', { replies, handOver: { because: 'customerAsked' } });
    run.end('recategorise', { categoryIds: [] }).end('postReply', asPosted(run));
    expect(run.posts()).toEqual(['Bye, my colleague comes.']);
  });

  it('the platform refuses goes back to the bot, and the customer is notified', () => {
    const run = new CoreRun()
      .handleEvent(customerWrote({ id: '1', at: 0, body: 'human' }))
      .wait(1_000);
    run.end('recategorise', { failed: 'Engage.NotAuthorised' });
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.state.report.attention[0]?.code).toBe('handoverFailed');
    expect(run.posts()).toEqual(['HANDOVER FAILED']);
  });

  it('that was refused asks nobody to look any more once a human has come', () => {
    const run = new CoreRun()
      .handleEvent(customerWrote({ id: '1', at: 0, body: 'human' }))
      .wait(1_000);
    run.end('recategorise', { failed: 'Engage.NotAuthorised' });
    const taken = applyCommand(
      run.state,
      { do: 'takeOver', by: 'olga', why: 'I go' },
      start + 3_000,
    );
    expect(taken.report.attention).toEqual([]);
    run.handleEvent(agentReplied({ id: 'a1', at: 3_000 }));
    expect(run.state).toMatchObject({
      ownership: { phase: 'agent' },
      report: { attention: [] },
    });
  });

  it('follows the second turn in a row on which the bot fails', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.end('askBot', { failed: 'Timeout' }).end('postReply', asPosted(run));
    expect(run.posts()).toEqual(['BOT FAILED']);
    run.handleEvent(customerWrote({ id: '2', at: 9_000 })).wait(1_000);
    run.end('askBot', { failed: 'Timeout' });
    expect(run.state.ownership.phase).toBe('handover');
    expect(run.state.ownership.reason).toBe('botFailed');
  });
});

describe('a human', () => {
  it.each([
    ['an agent replies at the desk', agentReplied({ id: 'a', at: 1_200 })],
    ['an agent writes in the channel’s own app', brandPosted({ id: 'a', at: 1_200 })],
    ['an agent takes the task', taskTaken({ id: 't', at: 1_200, agentId: 'user-agent' })],
    [
      'an agent opens the intervention',
      interventionEvent('intervention.opened', { id: 'i', at: 1_200, userId: 'user-agent' }),
    ],
  ])('has the thread when %s while the bot thinks: its answer is not wanted', (_, event) => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    const asked = run.state.outbox.inFlight;
    run.handleEvent(event);
    expect(run.state.ownership.phase).toBe('agent');
    expect(run.doing()).toBe('recategorise');
    if (asked?.do !== 'askBot') throw new Error('the bot was not asked');
    const late = { do: 'askBot', work: asked, outcome: { replies: [{ body: 'late' }] } } as const;
    run.take({ type: 'workEnded', end: late });
    run.end('recategorise', { categoryIds: [] }).wait(60 * minute);
    expect(run.posts()).toEqual([]);
  });

  it('keeps the bot silent whatever the customer writes', () => {
    const run = withAgent();
    const before = run.works.length;
    for (let i = 0; i < 5; i += 1)
      run
        .handleEvent(customerWrote({ id: `m${i}`, at: 9_000 + i }, ['category-agent']))
        .wait(minute);
    expect(run.works).toHaveLength(before);
    expect(run.state.ownership.phase).toBe('agent');
  });

  it('who takes over while a reply is being posted makes it a counted crossed reply', () => {
    const run = answering().handleEvent(agentReplied({ id: 'a', at: 1_200 }));
    run.end('postReply', { ...asPosted(run), createdAt: run.now } as never);
    expect(run.state.report.counts.crossedReplies).toBe(1);
  });

  it('found just before posting silences the reply', () => {
    const run = answering().end('postReply', {
      is: 'humanSpoke',
      contentId: 'h',
      createdAt: start + 1_000,
    });
    expect(run.state.ownership.phase).toBe('agent');
    expect(run.state.outbox.items.map((item) => item.do)).toEqual(['recategorise']);
  });

  it('is not the welcome message', () => {
    const run = new CoreRun().handleEvent(
      customerWrote({ id: '1', at: 0 }),
      welcomeMessage({ id: 'w', at: 1 }),
    );
    expect(run.state.ownership.phase).toBe('bot');
  });

  it('speaking first begins the thread in agent', () => {
    const run = new CoreRun().handleEvent(agentReplied({ id: 'a', at: 0 }));
    expect(run.state.ownership.phase).toBe('agent');
    run.end('recategorise', { categoryIds: [] });
    run.handleEvent(customerWrote({ id: '1', at: 1_000 })).wait(10 * minute);
    expect(run.posts()).toEqual([]);
  });
});

describe('the return to the bot', () => {
  const closed = (at: number) =>
    interventionEvent('intervention.closed', { id: 'i', at, userId: 'user-agent' });

  it('opens when the intervention is closed and the settle window has passed', () => {
    const run = withAgent()
      .handleEvent(closed(60_000))
      .wait(5 * minute - 1);
    expect(run.state.ownership.phase).toBe('agent');
    run.wait(1);
    expect(run.state.ownership.phase).toBe('closed');
    run.end('recategorise', { categoryIds: ['category-bot'] });
    run.handleEvent(customerWrote({ id: '9', at: 10 * minute })).wait(1_000);
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.doing()).toBe('askBot');
  });

  it('stays shut when the customer writes within the settle window', () => {
    const run = withAgent().handleEvent(closed(60_000)).wait(minute);
    run.handleEvent(customerWrote({ id: '9', at: 3 * minute })).wait(60 * minute);
    expect(run.state.ownership.phase).toBe('agent');
  });

  it('is not opened by an agent’s older words that arrive late', () => {
    const run = withAgent()
      .handleEvent(closed(60_000))
      .wait(6 * minute);
    run.end('recategorise', { categoryIds: ['category-bot'] });
    run.handleEvent(agentReplied({ id: 'late', at: 50_000 }));
    expect(run.state.ownership.phase).toBe('closed');
    expect(run.state.report.counts.late).toBe(1);
  });

  it('is the bot’s even though the customer’s content reopens the agent’s intervention', () => {
    const run = withAgent()
      .handleEvent(closed(60_000))
      .wait(6 * minute);
    run.end('recategorise', { categoryIds: ['category-bot'] });
    const reopened = { id: 'i', at: 10 * minute + 1, ownerId: 'user-agent' };
    run.handleEvent(customerWrote({ id: '9', at: 10 * minute }));
    run.handleEvent(interventionEvent('intervention.reopened', reopened)).wait(1_000);
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.doing()).toBe('askBot');
  });
});

describe('categories', () => {
  it('that contradict us are read on the thread before the bot is asked', () => {
    const run = new CoreRun()
      .handleEvent(customerWrote({ id: '1', at: 0 }, ['category-agent']))
      .wait(1_000);
    expect(run.doing()).toBe('readThread');
    run.end('readThread', { categoryIds: ['category-agent'], isLocked: false });
    expect(run.state.ownership.phase).toBe('handover');
    expect(run.posts()).toEqual([]);
  });

  it('that only lag behind change nothing', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 }, [])).wait(1_000);
    run.end('readThread', { categoryIds: ['category-bot'], isLocked: false });
    expect(run.doing()).toBe('askBot');
  });

  it('found changed just before posting silence the reply', () => {
    const run = answering().end('postReply', { is: 'notOurs', categoryIds: ['category-agent'] });
    expect(run.state.ownership.phase).toBe('handover');
    expect(run.state.outbox.items).toEqual([]);
  });
});

describe('the end', () => {
  it('comes when the bot has solved it, with the intervention closed', () => {
    const run = answering('hi', new CoreRun({ openIntervention: 'first' }));
    run.end('openIntervention', { is: 'opened', interventionId: 'i', ownerId: 'user-bot' });
    run
      .end('postReply', asPosted(run))
      .handleEvent(customerWrote({ id: '2', at: 9_000 }))
      .wait(1_000);
    run.end('askBot', { replies: [{ body: 'Bye!' }], isSolved: true });
    run.end('postReply', asPosted(run));
    expect(run.state.ownership.phase).toBe('closed');
    expect(run.doing()).toBe('closeIntervention');
  });

  it('does not come when the customer wrote while the goodbye was on its way', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.end('askBot', { replies: [{ body: 'Bye!' }], isSolved: true });
    run.handleEvent(customerWrote({ id: '2', at: 1_500 })).end('postReply', asPosted(run));
    expect(run.state.ownership.phase).toBe('bot');
    run.wait(1_000);
    expect(run.doing()).toBe('askBot');
  });

  it('comes by the customer’s silence', () => {
    const run = answering();
    run.end('postReply', asPosted(run)).wait(24 * 60 * minute);
    expect(run.state.ownership.phase).toBe('closed');
    expect(run.state.ownership.reason).toBe('customerSilent');
  });

  it('is final after the lock of the thread: nothing more is posted', () => {
    const run = answering().end('postReply', { is: 'threadLocked' });
    expect(run.state.ownership.phase).toBe('closed');
    expect(run.state.outbox.items).toEqual([]);
  });

  it('after the inclusion delay begins a new conversation on the same thread, forgetting the old', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.end('askBot', { replies: [], isSolved: true, remember: { name: 'Ana' } });
    expect(run.state.ownership.phase).toBe('closed');
    run
      .wait(25 * 60 * minute)
      .handleEvent(customerWrote({ id: '2', at: 25 * 60 * minute }))
      .wait(1_000);
    expect(run.state.ownership.episode).toBe(2);
    expect(run.state.conversation.memory).toEqual({});
  });
});
