/** Rules that meet: what a human, an ended run or an emergency leaves behind. */
import { describe, expect, it } from 'vitest';
import { asPosted } from '../../harness/core-run.js';
import { customerWrote, agentReplied } from '../../harness/facts.js';
import { whyNotAgain } from '../../../workflows/thread/transitions/answer-again.js';
import { testSettings } from '../../harness/thread-settings.js';
import {
  minute,
  hour,
  op,
  codes,
  who,
  phase,
  by,
  esc,
  down,
  make,
  reportUndelivered,
} from '../../harness/rules-meet.js';

describe('owners and ends', () => {
  it('botUnknown ends when a human has answered', () => {
    const run = make(esc, { answer: () => ({ failed: 'UnknownBot' }) });
    run.says('hello');
    run.pass(7 * minute);
    run.agentSays();
    run.agentCloses();
    run.pass(6 * minute);
    expect(codes(run)).toEqual([]);
  });

  it('undelivered, then a human answers and gives back: it ends', () => {
    const run = make(esc);
    run.says('hello');
    reportUndelivered(run);
    run.agentSays('here it is');
    run.pass(minute);
    run.commands({ do: 'returnToBot', ...op });
    run.pass(48 * hour);
    expect(who(run) ?? '').not.toMatch(/operator/);
  });

  it('asking anew after an outage is no machine', () => {
    let isDown = false;
    const run = make(
      {
        lateReplies: { after: 2 * minute, do: 'askAgain', say: '' },
        turnGuard: { turns: 3, within: hour, equal: 9 },
      },
      { post: () => (isDown ? down : undefined) },
    );
    run.says('one');
    run.pass(minute);
    run.says('two');
    run.pass(minute);
    isDown = true;
    run.says('three');
    run.pass(5 * minute);
    isDown = false;
    run.pass(10 * minute);
    expect(codes(run)).toEqual([]);
  });

  it('a paused bot is silent, also when it waits for a worker to call a tool', () => {
    const run = make();
    run.writes('hello');
    run.wait(1_000);
    run.end('askBot', { replies: [], calls: [{ id: 't', name: 'tool', input: {} }] } as never);
    run.end('callTool', { failed: 'UnknownBot' });
    run.commands({ do: 'pauseBot', ...op, until: run.now + hour });
    run.pass(10 * minute);
    expect(run.posts()).toEqual([]);
  });

  it('returned while the text of the handover crosses: somebody is told', () => {
    const run = make(
      { policies: ['hand-over-when-asked', 'reopen-to-bot'] },
      { answer: () => ({ failed: 'Timeout' }) },
    );
    run.says('hello');
    run.pass(5_000);
    run.writes('human');
    run.wait(1_000);
    run.end('recategorise', { categoryIds: [] });
    expect(run.doing()).toBe('postReply');
    run.take({ type: 'command', command: { do: 'returnToBot', ...op } });
    run.end('postReply', asPosted(run));
    run.settle();
    run.pass(48 * hour);
    expect(codes(run).length).toBeGreaterThan(0);
  });

  it('a turn under way is not answered again if the record has its answer', () => {
    const run = make();
    const id = run.writes('hello');
    run.wait(1_000);
    expect(run.doing()).toBe('askBot');
    run.take({ type: 'runEnded', ended: { runId: 'r', how: 'terminated' } });
    run.end('askBot', { replies: [{ body: 'ANSWER ANEW' }] });
    expect(run.doing()).toBe('readContents');
    const q = customerWrote({ id: id.slice(8), at: 0 });
    const a = agentReplied({ id: 'x', at: 500, body: 'ANSWER' });
    run.end('readContents', {
      categoryIds: ['category-bot'],
      isLocked: false,
      events: [
        q,
        {
          ...a,
          userId: 'user-bot',
          content: { ...a.content, creatorId: 'user-bot', inReplyToId: id },
        },
      ],
    });
    run.settle();
    run.pass(10_000);
    expect(run.posts()).toEqual([]);
  });

  it('the memory of a solved turn is kept', () => {
    const run = make(
      {},
      { answer: () => ({ replies: [{ body: 'A' }], isSolved: true, remember: { x: 1 } }) },
    );
    run.says('hello');
    run.pass(1_000);
    expect(run.state.conversation.memory).toEqual({ x: 1 });
  });

  it('first of two replies undelivered', () => {
    const run = make({}, { answer: () => ({ replies: [{ body: 'A' }, { body: 'B' }] }) });
    run.says('hello');
    reportUndelivered(run);
    run.pass(25 * hour);
    expect(phase(run)).toBe('bot');
  });

  it('a second emergency is told, after a human had the first', () => {
    const run = make({ texts: { ...testSettings.texts, emergency: 'EMERGENCY' } });
    run.says('hello');
    run.writes('q1');
    run.commands({ do: 'moveToHumans', ...op });
    run.pass(minute);
    run.agentSays();
    run.agentCloses();
    run.pass(6 * minute);
    run.commands({ do: 'giveBack', ...op });
    run.pass(hour);
    run.writes('new question');
    run.commands({ do: 'moveToHumans', ...op });
    run.pass(minute);
    expect(run.posts().filter((b) => b === 'EMERGENCY')).toHaveLength(2);
  });

  it('kept by humans after nobodyCame', () => {
    let moves = 0;
    const run = make(
      {
        ...esc,
        escalations: { nobodyComes: [{ after: 5 * minute, do: 'backToBot', say: 'NOBODY CAME' }] },
      },
      {
        recategorise: () => {
          moves += 1;
          return moves === 2
            ? { categoryIds: ['category-agent'], isKept: true }
            : { categoryIds: [] };
        },
      },
    );
    run.says('hello');
    run.says('human');
    run.pass(6 * minute);
    run.pass(hour);
  });

  it('hours that never open', () => {
    const hours = { week: [[], [], [], [], [], [], []], holidays: [], offsets: [[0, 60]] } as never;
    const run = make({ ...esc, hours });
    run.says('human');
    run.pass(6 * minute);
    expect(codes(run)).toContain('nobodyComes');
  });

  it('solved for Ben does not end what Ana waits for', () => {
    const run = make(
      { ...esc, escalations: { nobodyComes: [{ after: 5 * minute, do: 'backToBot' }] } },
      { answer: () => ({ replies: [{ body: 'A' }], isSolved: true }) },
    );
    by(run, 'ana', 'human');
    run.pass(6 * minute);
    by(run, 'ben', 'hello');
    run.pass(10_000);
    expect(codes(run).length).toBeGreaterThan(0);
  });

  it('answer-again never answers what a crossed reply has answered', () => {
    const run = make(esc, { recategorise: () => ({ failed: 'Engage.Unprocessable' }) });
    run.writes('hello');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.take({ type: 'command', command: { do: 'askHandover', ...op } });
    run.end('postReply', asPosted(run));
    run.settle();
    run.pass(minute);
    expect(whyNotAgain(run.state)).toBe('answered');
  });
});
