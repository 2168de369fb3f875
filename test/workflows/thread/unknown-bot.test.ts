/** Workers of another configuration do not know the thread's bot: the turn waits for one that does. */
import { describe, expect, it } from 'vitest';
import type { BotAnswer } from '../../../bots/bot.js';
import type { Failure, Work } from '../../../workflows/contract/work.js';
import { detailsOf } from '../../../workflows/thread/planning/card.js';
import { PlayedRun } from '../../harness/played-core.js';
import { testSettings } from '../../harness/thread-settings.js';

const [second, minute, hour] = [1_000, 60_000, 60 * 60_000];
const unknown: Failure = { failed: 'UnknownBot' };

/** No worker knows the bot until `knows`. */
function without(failure = unknown) {
  let answer: BotAnswer | Failure = failure;
  const run = new PlayedRun({ openIntervention: 'never' }, { answer: () => answer });
  const knows = () => void (answer = { replies: [{ body: 'ANSWER' }] });
  return { run, knows };
}

const codes = (run: PlayedRun) => run.state.report.log.map(({ code }) => code);
const attention = (run: PlayedRun) => run.state.report.attention.map(({ code }) => code);
const questions = (run: PlayedRun) =>
  run.works.filter((work): work is Extract<Work, { do: 'askBot' }> => work.do === 'askBot');

describe('a bot that no worker knows', () => {
  it('is asked again, and answers as if nothing had been', () => {
    const { run, knows } = without();
    run.says('where is it?');
    expect(run.posts()).toEqual([]);
    knows();
    run.pass(second);
    expect(run.posts()).toEqual(['ANSWER']);
    expect(run.state.conversation).toMatchObject({
      ...{ unanswered: [], turn: undefined, failedTurns: 0 },
    });
  });

  it('is asked at growing pauses, of half a minute at most', () => {
    const { run } = without();
    run.says();
    run.pass(10 * minute);
    const asked = run.asked.length;
    run.pass(hour);
    expect(asked).toBeLessThan(30);
    expect(run.asked.length - asked).toBe(120);
  });

  it('has its whole budget each time, and the same key', () => {
    const { run, knows } = without();
    run.says();
    run.pass(hour);
    knows();
    run.pass(minute);
    const [first, last] = [run.asked[0], run.asked.at(-1)];
    expect(last?.id).toBe(first?.id);
    const { budget } = testSettings.bot;
    expect((last?.deadline ?? 0) - (first?.deadline ?? 0)).toBeGreaterThan(hour - minute);
    expect(last?.deadline).toBeGreaterThan(run.now - minute + budget);
  });

  it('may be asked by any worker, once that of the thread has not known it', () => {
    const { run } = without();
    run.says();
    run.pass(minute);
    const anyWorker = questions(run).map(({ input }) => input.anyWorker);
    expect(anyWorker.slice(0, 3)).toEqual([undefined, true, true]);
  });

  it('is no failed turn: for hours nothing is said, and nothing handed over', () => {
    const { run } = without();
    run.says('hello?');
    run.pass(12 * hour);
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.posts()).toEqual([]);
    expect(codes(run)).not.toContain('botFailed');
    expect(run.state.conversation.unanswered).toHaveLength(1);
  });

  it('negative control: a failure like any other apologises at once', () => {
    const { run } = without({ failed: 'Timeout' });
    run.says('hello?');
    run.pass(minute);
    expect(codes(run)).toContain('botFailed');
    expect(run.posts()).not.toEqual([]);
  });

  it('is said on the card, and after five minutes to a person, once', () => {
    const { run, knows } = without();
    run.says();
    run.pass(4 * minute);
    expect(codes(run)).toContain('botUnknown');
    expect(detailsOf(run.state)).toContain('bot-retry');
    expect(attention(run)).toEqual([]);
    run.pass(2 * minute).pass(hour);
    expect(attention(run)).toEqual(['botUnknown']);
    expect(codes(run).filter((code) => code === 'attentionRaised')).toHaveLength(1);
    knows();
    run.pass(minute);
    expect(attention(run)).toEqual([]);
  });

  it('counts from the customer’s first words, however often the turn is restarted', () => {
    const { run } = without();
    for (let time = 0; time < 4; time += 1) {
      run.says(`hello ${time}`);
      run.pass(1.5 * minute);
    }
    expect(attention(run)).toEqual(['botUnknown']);
  });

  it('waits no longer when a human takes the thread', () => {
    const { run } = without();
    run.says();
    run.pass(minute).agentSays().pass(hour);
    expect(run.state.ownership.phase).toBe('agent');
    expect(detailsOf(run.state)).not.toContain('bot-retry');
  });
});

describe('a tool of a bot that no worker knows', () => {
  it('is called again, and its result reaches the bot', () => {
    const { run, knows } = without({ failed: 'UnknownBot' });
    knows();
    run.writes('where is it?');
    run.wait(second);
    const calls = [{ id: '1', tool: 'find', input: {} }];
    run.end('askBot', { replies: [], calls });
    run.end('callTool', unknown).pass(second);
    expect(run.count('callTool')).toBe(2);
    expect(run.asked.at(-1)?.called).toEqual([{ ...calls[0], result: 'done' }]);
    expect(run.posts()).toEqual(['ANSWER']);
  });
});
