/** Rules that meet: nobody is left waiting, and the bot is silent when it must be. */
import { describe, expect, it } from 'vitest';
import { asPosted } from '../../harness/core-run.js';
import { customerWrote, agentReplied } from '../../harness/facts.js';
import { testSettings } from '../../harness/thread-settings.js';
import {
  minute,
  hour,
  op,
  codes,
  open,
  who,
  by,
  closedRule,
  esc,
  shut,
  down,
  make,
} from '../../harness/rules-meet.js';

describe('waiting and silence', () => {
  it('late + handOver + solved + nobody there: reply is sent', () => {
    let isDown = true;
    const run = make(
      { ...closedRule('CLOSED'), lateReplies: { after: 10 * minute, do: 'handOver', say: '' } },
      {
        availability: shut,
        post: () => (isDown ? down : undefined),
        answer: () => ({ replies: [{ body: 'ANSWER' }], isSolved: true }),
      },
    );
    run.says('hello');
    run.pass(20 * minute);
    isDown = false;
    run.pass(10 * minute);
    expect(run.state.outbox.sent.length).toBe(1);
  });

  it('bot-retry does not race behind a waiting outbox', () => {
    const run = make(closedRule('CLOSED'), {
      availability: shut,
      post: () => down,
      answer: () => ({ failed: 'UnknownBot' }),
    });
    run.says('hello');
    run.pass(2 * minute);
    run.commands({ do: 'askHandover', ...op, because: 'customerAsked' });
    run.pass(10 * minute);
  });

  it('one customer whose content fails does not starve another, nor loop', () => {
    let asked = 0;
    const run = make(
      { policies: ['reopen-to-bot'] },
      {
        answer: (turn) => {
          asked += 1;
          if (asked > 50) throw new Error('bot asked 50 times within seconds');
          return turn.burst.some(({ body }) => body === 'poison')
            ? { failed: 'BotFailed' }
            : { replies: [{ body: `TO ${turn.burst[0]?.body}` }] };
        },
      },
    );
    by(run, 'ana', 'poison');
    by(run, 'ben', 'hello');
    run.pass(10_000);
    expect(run.posts()).toContain('TO hello');
  });

  it('same, one customer: private and public', () => {
    let asked = 0;
    const run = make(
      { policies: ['reopen-to-bot'] },
      {
        answer: (turn) => {
          asked += 1;
          if (asked > 50) throw new Error('bot asked 50 times within seconds');
          return turn.burst.some(({ body }) => body === 'poison')
            ? { failed: 'BotFailed' }
            : { replies: [{ body: 'ANSWER' }] };
        },
      },
    );
    by(run, 'ana', 'poison', true);
    by(run, 'ana', 'hello', false);
    run.pass(10_000);
    expect(run.posts()).toContain('ANSWER');
  });

  it('an answer to Ben leaves Ana’s request for a human open', () => {
    const run = make({
      ...esc,
      escalations: { nobodyComes: [{ after: 5 * minute, do: 'backToBot' }] },
    });
    by(run, 'ana', 'human');
    run.pass(6 * minute);
    by(run, 'ben', 'hello');
    run.pass(10_000);
    expect(open(run).length > 0 || codes(run).length > 0).toBe(true);
  });

  it('each unanswered customer is told of an emergency', () => {
    const run = make({ texts: { ...testSettings.texts, emergency: 'EMERGENCY' } });
    by(run, 'ana', 'one');
    by(run, 'ben', 'two');
    run.commands({ do: 'moveToHumans', ...op });
    run.pass(10_000);
    expect(run.posts().filter((b) => b === 'EMERGENCY')).toHaveLength(2);
  });

  it('told once of an emergency, although a reply crossed', () => {
    const run = make({ texts: { ...testSettings.texts, emergency: 'EMERGENCY' } });
    run.writes('hello');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    expect(run.doing()).toBe('postReply');
    run.take({ type: 'command', command: { do: 'moveToHumans', ...op } });
    run.end('postReply', asPosted(run));
    run.settle();
    run.says('still there?');
    run.pass(1_000);
    run.says('and now?');
    expect(run.posts().filter((b) => b === 'EMERGENCY')).toHaveLength(1);
  });

  it('a reply that crossed the declaration is not given again after it', () => {
    const run = make();
    run.writes('hello');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.take({ type: 'command', command: { do: 'moveToHumans', ...op } });
    run.end('postReply', asPosted(run));
    run.settle();
    run.pass(minute);
    run.commands({ do: 'giveBack', ...op });
    run.pass(minute);
    expect(run.posts().filter((b) => b === 'ANSWER')).toHaveLength(1);
  });

  it('a crossed reply found late does not end nobodyComes', () => {
    const run = make(esc);
    run.writes('hello');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.end('postReply', { is: 'ambiguous', code: 'x' });
    run.writes('and another question');
    run.wait(5_000);
    expect(run.doing()).toBe('findReply');
    run.take({ type: 'command', command: { do: 'askHandover', ...op } });
    run.wait(6 * minute);
    run.end('findReply', { is: 'found', contentId: 'content-ours-x', createdAt: run.began + 1000 });
    run.settle();
    run.pass(24 * hour);
    expect(codes(run)).toContain('nobodyComes');
  });

  it('nobody there and no text: the card says that an operator must look, and silence does not close it', () => {
    const run = make(closedRule(), { availability: shut });
    run.says('human');
    run.pass(10_000);
    run.pass(25 * hour);
    expect(open(run)).toHaveLength(1);
  });

  it('refused reply, nobody there', () => {
    const run = make(closedRule(), {
      availability: shut,
      post: () => ({ is: 'refused', code: '422' }),
    });
    run.says('hello');
    run.pass(10_000);
    expect(who(run)).toMatch(/^operator/);
  });

  it('failing bot, nobody there', () => {
    const run = make(
      { ...closedRule(), maxFailedTurns: 1 },
      { availability: shut, answer: () => ({ failed: 'Timeout' }) },
    );
    run.says('hello');
    run.pass(10_000);
    expect(who(run)).toMatch(/^operator/);
  });

  it('runEnded of a thread that a human has ends with the human’s answer', () => {
    const run = make(esc);
    const a = agentReplied({ id: 'a-old', at: 0 });
    run.take({ type: 'runEnded', ended: { runId: 'r', how: 'terminated' } });
    run.end('readContents', {
      categoryIds: ['category-agent'],
      isLocked: false,
      events: [customerWrote({ id: 'c-old', at: -2_000 }, ['category-agent']), a],
    });
    run.settle();
    run.pass(minute);
    run.handleEvent(customerWrote({ id: 'c-later', at: run.at }, ['category-agent']));
    run.agentSays();
    run.agentSays();
    run.agentCloses();
    run.pass(6 * minute);
    expect(codes(run)).not.toContain('runEnded');
  });
});
