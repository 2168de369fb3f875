/** Situations an adversary found: each failed before the fix it now holds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlines } from '../../../workflows/thread/planning/deadlines.js';
import { newThread } from '../../../workflows/thread/state/state.js';
import { step } from '../../../workflows/thread/core.js';
import { asPosted, CoreRun } from '../../harness/core-run.js';
import { testSettings } from '../../harness/thread-settings.js';
import {
  agentReplied,
  customerWrote,
  interventionEvent,
  ourEcho,
  start,
  taskTaken,
} from '../../harness/facts.js';
import { answering, withAgent } from '../../harness/begun.js';

const minute = 60_000;
const hour = 60 * minute;

const closed = (at: number, userId = 'user-agent') =>
  interventionEvent('intervention.closed', { id: 'i', at, userId });

describe('facts of the agent phase in any order', () => {
  it('an agent’s older words that arrive after the closing do not cancel the settle window', () => {
    const run = withAgent()
      .handleEvent(closed(60_000))
      .handleEvent(agentReplied({ id: 'late', at: 59_000 }));
    run.wait(6 * minute);
    expect(run.state.ownership.phase).toBe('closed');
  });

  it('nor a customer’s older words', () => {
    const run = withAgent()
      .handleEvent(closed(60_000))
      .handleEvent(customerWrote({ id: 'late', at: 59_000 }));
    run.wait(6 * minute);
    expect(run.state.ownership.phase).toBe('closed');
  });

  it('a closing older than what the agent wrote since does not return the thread to the bot', () => {
    const run = withAgent()
      .handleEvent(agentReplied({ id: 'new', at: 65_000 }))
      .handleEvent(closed(60_000));
    run.wait(6 * minute);
    expect(run.state.ownership.phase).toBe('agent');
  });

  it('a closing older than what the customer wrote since does not return the thread to the bot', () => {
    const run = withAgent()
      .handleEvent(customerWrote({ id: 'new', at: 65_000 }))
      .handleEvent(closed(60_000));
    run.wait(6 * minute);
    expect(run.state.ownership.phase).toBe('agent');
  });

  it('ends in the same phase whichever order the closing and the words come in', () => {
    const fact = fc.oneof(
      fc.integer({ min: 10, max: 60 }).map((s) => agentReplied({ id: `a${s}`, at: s * 1_000 })),
      fc
        .integer({ min: 10, max: 60 })
        .map((s) => customerWrote({ id: `c${s}`, at: s * 1_000 + 1 })),
      fc.integer({ min: 10, max: 60 }).map((s) => closed(s * 1_000 + 2)),
      fc
        .integer({ min: 10, max: 60 })
        .map((s) => taskTaken({ id: `t${s}`, at: s * 1_000 + 3, agentId: 'user-agent' })),
    );
    const facts = fc.uniqueArray(fact, { selector: (one) => one.id, minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        facts.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        ([some, other]) => {
          const ends = [[...some].sort((a, b) => a.issuedAt - b.issuedAt), other].map((order) => {
            const run = withAgent();
            run.now = start + minute;
            for (const one of order) run.handleEvent(one);
            return run.wait(6 * minute).state.ownership.phase;
          });
          expect(ends[1]).toBe(ends[0]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('a customer’s words from before the human was done, received after, are not the bot’s to answer', () => {
    const run = withAgent()
      .handleEvent(closed(60_000))
      .wait(6 * minute);
    run.end('recategorise', { categoryIds: ['category-bot'] });
    run.handleEvent(customerWrote({ id: 'late', at: 50_000 })).wait(minute);
    expect(run.doing()).toBeUndefined();
  });
});

describe('a lock', () => {
  it('older than the customer’s words does not swallow them', () => {
    const run = answering();
    run.end('postReply', asPosted(run)).handleEvent(customerWrote({ id: '2', at: 20_000 }));
    run.handleEvent({ id: 'lock', issuedAt: start + 10_000, type: 'content.thread_closed' });
    run.wait(minute);
    expect(run.doing()).toBe('askBot');
  });

  it('older than the unlocking neither', () => {
    const run = answering();
    run.end('postReply', asPosted(run));
    run.handleEvent({ id: 'unlock', issuedAt: start + 20_000, type: 'content.thread_opened' });
    run.handleEvent({ id: 'lock', issuedAt: start + 10_000, type: 'content.thread_closed' });
    expect(run.state.ownership.phase).toBe('bot');
  });
});

describe('contents accepted while no worker ran for days', () => {
  it('are answered', () => {
    const id = { domainId: 'domain', threadId: 'thread' };
    const startedAt = start + 1_000;
    let state = newThread(id, testSettings, startedAt);
    const now = start + 72 * hour;
    const events = [customerWrote({ id: '1', at: 0 })];
    state = step(state, { type: 'events', events }, now);
    state = step(state, { type: 'timePassed' }, now + 1_000);
    expect(state.report.counts.stale).toBe(0);
    expect(state.outbox.inFlight?.do).toBe('askBot');
  });
});

describe('time', () => {
  it('a deadline that rang is gone or later: no reply that waits makes the clock race', () => {
    const run = new CoreRun()
      .handleEvent(customerWrote({ id: '1', at: 0, body: 'human' }))
      .wait(1_000);
    run.end('recategorise', { failed: 'Engage.NotAuthorised' });
    run.end('postReply', { is: 'notSent', code: 'Engage.RateLimited', retryAfter: 30_000 });
    run.handleEvent(customerWrote({ id: '2', at: 2_000 })).wait(5_000);
    run.take({ type: 'timePassed' });
    expect(deadlines(run.state).filter(({ at }) => at <= run.now)).toEqual([]);
  });
});

describe('never silence', () => {
  it('a refused reply is a human’s matter although something else went wrong before', () => {
    const run = answering();
    run.end('postReply', { is: 'posted', contentId: 'p', createdAt: run.now, contentsBefore: 1 });
    const exported = ourEcho({ id: 'p', at: 2_000 }, 'content-1');
    const failed = { ...exported.content, id: 'p', synchronizationStatus: 'export_failure' };
    run.handleEvent({ ...exported, id: 'exp', type: 'content.exported', content: failed });
    expect(run.state.report.attention[0]?.code).toBe('replyUndelivered');
    run.handleEvent(customerWrote({ id: '2', at: 9_000 })).wait(1_000);
    run.end('askBot', { replies: [{ body: 'two' }] });
    run.end('postReply', { is: 'refused', code: 'Engage.InvalidRequest' });
    expect(run.state.ownership.phase).toBe('handover');
  });

  it('ends when nothing at all can be said', () => {
    const run = answering().end('postReply', { is: 'refused', code: 'x' });
    run.end('recategorise', { failed: 'x' }).end('postReply', { is: 'refused', code: 'x' });
    expect(run.doing()).toBeUndefined();
    expect(run.state.ownership.phase).toBe('bot');
  });

  it('what the bot did not get to answer is answered when an operator gives the thread back', () => {
    const run = answering().end('postReply', { is: 'notOurs', categoryIds: ['category-agent'] });
    expect(run.state.ownership.phase).toBe('handover');
    run.take({ type: 'command', command: { do: 'returnToBot', by: 'o', why: 'w' } });
    run.end('recategorise', { categoryIds: ['category-bot'] }).wait(minute);
    expect(run.doing()).toBe('askBot');
  });
});

describe('what a thread carries', () => {
  it('is bounded, however much a customer writes while nobody comes', () => {
    const run = new CoreRun()
      .handleEvent(customerWrote({ id: '1', at: 0, body: 'human' }))
      .wait(1_000);
    run.end('recategorise', { categoryIds: [] }).end('postReply', asPosted(run));
    const body = 'x'.repeat(5_000);
    for (let i = 0; i < 1_000; i += 1)
      run.handleEvent(customerWrote({ id: `m${i}`, at: 9_000 + i, body }));
    expect(JSON.stringify(run.state).length).toBeLessThan(1_000_000);
  });

  it('is bounded by the size of one content, too', () => {
    const run = new CoreRun();
    const body = 'x'.repeat(900_000);
    for (let i = 0; i < 3; i += 1) run.handleEvent(customerWrote({ id: `m${i}`, at: i, body }));
    run.wait(minute);
    expect(JSON.stringify(run.state).length).toBeLessThan(1_000_000);
  });
});

describe('handover', () => {
  it('is not refused by an earlier return that failed', () => {
    const run = new CoreRun()
      .handleEvent(customerWrote({ id: '1', at: 0, body: 'human' }))
      .wait(1_000);
    run.end('recategorise', { categoryIds: [] }).end('postReply', asPosted(run));
    const command = { by: 'o', why: 'w' } as const;
    run.take({ type: 'command', command: { do: 'returnToBot', ...command } });
    run.take({ type: 'command', command: { do: 'askHandover', ...command } });
    run.end('recategorise', { failed: 'Engage.Conflict' });
    expect(run.state.ownership.phase).toBe('handover');
  });

  it('waits on when the platform itself closes the bot’s intervention', () => {
    const run = new CoreRun()
      .handleEvent(customerWrote({ id: '1', at: 0, body: 'human' }))
      .wait(1_000);
    run.end('recategorise', { categoryIds: [] }).end('postReply', asPosted(run));
    run.handleEvent(
      interventionEvent('intervention.closed', { id: 'i', at: 9_000, ownerId: 'user-bot' }),
    );
    expect(run.state.ownership.phase).toBe('handover');
  });
});

describe('the operator', () => {
  it('who pauses the bot while it thinks silences this answer too, and it comes later', () => {
    const run = new CoreRun().handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    const until = run.now + hour;
    run.take({ type: 'command', command: { do: 'pauseBot', by: 'o', why: 'w', until } });
    if (run.state.outbox.inFlight?.do === 'askBot')
      run.end('askBot', { replies: [{ body: 'hi' }] });
    expect(run.posts()).toEqual([]);
    run.wait(hour);
    if (run.doing() === 'askBot') run.end('askBot', { replies: [{ body: 'hi' }] });
    expect(run.posts()).toEqual(['hi']);
  });

  it('who closes a human’s thread leaves it to the bot when the customer returns', () => {
    const run = withAgent();
    run.take({ type: 'command', command: { do: 'close', by: 'o', why: 'w' } });
    while (run.doing() === 'recategorise') run.end('recategorise', { categoryIds: [] });
    expect(run.state.routing.assignedCategory).toBe('bot');
  });
});

describe('contents counted', () => {
  /** Plays a platform that counts truly; the post sees `actual` contents. */
  it('never above what the platform has, or a human’s content would hide behind the surplus', () => {
    const run = answering();
    run.end('postReply', asPosted(run)); // platform: 1, ours -> 2
    run.handleEvent(customerWrote({ id: '2', at: 9_000 })).wait(1_000); // platform 3
    run.end('askBot', { replies: [{ body: 'two' }] });
    // Content 3 is written on the platform (4) before our look; its event is late.
    run.end('postReply', {
      is: 'posted',
      contentId: 'content-two',
      createdAt: run.now,
      contentsBefore: 4,
      looked: ['content-3', 'content-2', 'content-1'],
    } as never); // platform 5
    run.handleEvent(customerWrote({ id: '3', at: 10_000 }));
    expect(run.state.inbox.expectedContents).toBeLessThanOrEqual(5);
  });

  it('once each, whatever number of events tell of one content', () => {
    const run = withAgent();
    const before = run.state.inbox.expectedContents ?? 0;
    const said = agentReplied({ id: 'a1', at: 6_000 });
    run.handleEvent({ ...said, id: 'approved', type: 'content.approved' });
    expect(run.state.inbox.expectedContents).toBe(before);
  });
});

describe('a burst', () => {
  it('is read in the order it was written, whatever order its deliveries come in', () => {
    const run = new CoreRun();
    run.now = start + 500;
    run
      .handleEvent(customerWrote({ id: '2', at: 400 }))
      .handleEvent(customerWrote({ id: '1', at: 0 }));
    run.wait(1_000);
    const [asked] = run.works;
    if (asked?.do !== 'askBot') throw new Error('the bot was not asked');
    expect(asked.input.turn.burst.map(({ id }) => id)).toEqual(['content-1', 'content-2']);
    expect(asked.input.turn.id).toBe('content-2');
  });
});
