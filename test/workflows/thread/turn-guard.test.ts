/** The guard against machines that answer the bot: equal contents, and turns within a time. */
import { describe, expect, it } from 'vitest';
import { PlayedRun } from '../../harness/played-core.js';
import { codes, down, hour, make, minute, open } from '../../harness/rules-meet.js';
import { everyRule, withoutChecks } from '../../harness/thread-settings.js';

const rules = {
  ...withoutChecks(everyRule('reopen-to-bot')),
  openIntervention: 'never' as const,
  escalations: {},
};

describe('two machines that answer each other', () => {
  const turnGuard = { turns: 5, within: 10 * minute, equal: 3 };

  it('stop after so many equal contents, and a person is called', () => {
    const run = new PlayedRun({ ...rules, turnGuard });
    for (let i = 0; i < 6; i += 1) {
      run.says('We have received your message.');
      run.pass(10 * minute);
    }
    expect(run.posts()).toHaveLength(3);
    expect(run.state.report.attention).toMatchObject([{ code: 'machineSuspected' }]);
    run.says('This is Ana. Where is my parcel?');
    expect(run.posts()).toHaveLength(4);
    expect(run.state.report.attention).toEqual([]);
  });

  it('stop after so many turns within the time', () => {
    const run = new PlayedRun({ ...rules, turnGuard });
    for (let i = 0; i < 9; i += 1) run.says(`Ticket ${i} was opened.`);
    expect(run.posts()).toHaveLength(5);
    expect(run.pass(11 * minute).says('hello') && run.posts()).toHaveLength(6);
  });

  it('negative control: without the guard they never stop', () => {
    const run = new PlayedRun(rules);
    for (let i = 0; i < 20; i += 1) run.says('We have received your message.');
    expect(run.posts()).toHaveLength(20);
  });
});

describe('a turn is counted once', () => {
  const turnGuard = { turns: 4, within: 5 * hour, equal: 9 };

  it('however often a burst restarts it', () => {
    const run = make({ turnGuard });
    for (let i = 0; i < 5; i += 1) {
      run.writes(`part ${i}`);
      run.wait(1_000);
    }
    run.settle();
    run.says('and another thing');
    expect([codes(run), open(run)]).toEqual([[], []]);
  });

  it('however often the bot is asked again because its reply is late', () => {
    const lateReplies = { after: 10 * minute, do: 'askAgain', say: '' } as const;
    const platform = { isDown: false };
    const post = () => (platform.isDown ? down : undefined);
    const run = make({ turnGuard, lateReplies }, { post });
    for (let i = 0; i < 3; i += 1) run.says(`question ${i}`);
    platform.isDown = true;
    run.says('question 3');
    for (let outages = 0; outages < 2; outages += 1) {
      platform.isDown = true;
      run.pass(15 * minute);
      platform.isDown = false;
      run.pass(2 * minute);
    }
    run.pass(hour);
    expect(run.state.conversation.recentTurns).toHaveLength(4);
    run.says('question 4');
    expect(codes(run)).toEqual(['machineSuspected']);
  });

  it('negative control: as many turns of their own are a machine’s', () => {
    const run = make({ turnGuard });
    for (let i = 0; i < 5; i += 1) run.says(`part ${i}`);
    expect(codes(run)).toEqual(['machineSuspected']);
  });
});
