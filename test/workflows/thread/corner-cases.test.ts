/** Corner cases that an attacker of the core suspected: no customer is left waiting, and nothing is sent twice. */
import { describe, expect, it } from 'vitest';
import { PlayedRun } from '../../harness/played-core.js';
import {
  closedRule,
  codes,
  down,
  esc,
  hour,
  logged,
  make,
  minute,
  open,
  phase,
  reportDelivery,
  reportUndelivered,
  shut,
  who,
} from '../../harness/rules-meet.js';
import { testSettings } from '../../harness/thread-settings.js';

describe('a reply that the channel delivered after all', () => {
  it('ends the attention, and the bot waits for the customer', () => {
    const run = make(esc);
    run.says('hello');
    reportUndelivered(run);
    expect([codes(run), who(run)]).toEqual([['replyUndelivered'], 'operator/attention']);
    reportDelivery(run, 'success');
    expect([codes(run), who(run)]).toEqual([[], 'customer/customer-silence']);
    expect(run.state.report.alerts?.pending ?? []).toEqual([]);
  });

  it('does not end the attention of another one', () => {
    const run = make(esc, { answer: () => ({ replies: [{ body: 'A' }, { body: 'B' }] }) });
    run.says('hello');
    reportUndelivered(run, 0);
    reportUndelivered(run, 1);
    reportDelivery(run, 'success', 1);
    expect(codes(run)).toEqual(['replyUndelivered']);
  });
});

describe('a reply that is late, and asked for again', () => {
  const lateReplies = { after: 10 * minute, do: 'askAgain', say: '' } as const;
  const away = { is: 'notSent', code: 'Engage.NotConnected', retryAfter: minute } as const;

  it('is sent once after an attempt of unknown outcome', () => {
    const outcomes = [{ is: 'ambiguous', code: 'Engage.Timeout' } as const, away, away];
    const until = { isAway: true };
    const post = () => (until.isAway ? (outcomes.shift() ?? away) : undefined);
    const run = make({ ...esc, lateReplies }, { post });
    run.says('where is it?');
    run.pass(30 * minute);
    until.isAway = false;
    run.pass(hour);
    expect(run.state.outbox.sent).toHaveLength(1);
    expect([open(run), phase(run)]).toEqual([[], 'bot']);
  });

  it('is given up by the time that the customer has waited, not by that of the new answer', () => {
    const run = make({ ...esc, lateReplies, giveUpAfter: hour }, { post: () => away });
    run.says('where is it?');
    run.pass(2 * hour);
    expect([phase(run), codes(run)]).toEqual(['handover', ['replyUndelivered', 'nobodyComes']]);
  });
});

describe('the account’s default categories keep the thread with humans', () => {
  const cancelling = {
    ...esc,
    policies: [...testSettings.policies, 'cancel-handover-on-request', ...(esc.policies ?? [])],
    cancelWords: ['never mind'],
  };

  it('although the customer cancels: humans are next, and are reminded', () => {
    const run = new PlayedRun(cancelling, {
      recategorise: (() => {
        let moves = 0;
        return () => {
          moves += 1;
          return moves > 1
            ? { categoryIds: ['category-agent'], isKept: true as const }
            : { categoryIds: [] };
        };
      })(),
    });
    run.says('a human please');
    run.says('never mind');
    run.says('or do you know it?');
    expect([phase(run), open(run), who(run)]).toEqual([
      'handover',
      ['or do you know it?'],
      'human/escalation',
    ]);
    run.pass(6 * minute);
    expect(codes(run)).toEqual(['nobodyComes']);
  });
});

describe('a command that is refused in this phase', () => {
  const by = { by: 'kim', why: 'a slip' };

  it('asks the bot nothing twice', () => {
    const run = make(esc);
    run.writes('where is it?');
    run.wait(1_000);
    run.take({ type: 'command', command: { do: 'returnToBot', ...by } });
    run.pass(minute);
    expect(run.posts()).toEqual(['ANSWER']);
  });

  it('tells the customer nothing twice', () => {
    const run = make(esc);
    run.says('a human please');
    run.commands({ do: 'askHandover', ...by }).pass(minute);
    expect(run.posts()).toEqual(['HANDOVER']);
  });
});

describe('the text that no human comes cannot be delivered', () => {
  const closed = closedRule('WE OPEN AT NINE');

  it('because the platform is away for longer than replies are tried: an operator looks, once', () => {
    let tries = 0;
    // A core that never ends would try without end.
    const post = () => (run.now - run.began > 5 * minute && (tries += 1) > 200 ? undefined : down);
    const run: PlayedRun = make({ ...closed, giveUpAfter: hour }, { availability: shut, post });
    run.says('where is it?');
    run.pass(3 * hour);
    expect(tries).toBeLessThan(100);
    expect(logged(run, 'notHandedOver')).toHaveLength(1);
    expect(codes(run)).toEqual(['replyUndelivered']);
    expect([phase(run), who(run), open(run)]).toEqual([
      'bot',
      'operator/attention',
      ['where is it?'],
    ]);
  });

  it('because the channel does not take it: an operator looks, once', () => {
    const settings = { ...closed, whenUndelivered: 'handOver' } as const;
    const run = make(settings, { availability: shut });
    run.says('where is it?');
    for (let index = 0; index < 20 && run.state.outbox.sent[index]; index += 1) {
      reportUndelivered(run, index);
      run.settle();
    }
    expect(run.posts()).toEqual(['ANSWER', 'WE OPEN AT NINE']);
    expect([phase(run), who(run)]).toEqual(['bot', 'operator/attention']);
  });
});
