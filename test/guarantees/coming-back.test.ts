/**
 * Coming back, outages and size, played on the pure core; each check also runs with something naive,
 * which must fail it. The rows of `docs/guarantees.md`, "Coming back" and after.
 */
import { describe, expect, it } from 'vitest';
import type { SourceSettings } from '../../workflows/contract/source-settings.js';
import { PlayedRun, type Spoil } from '../harness/played-core.js';
import { customerWrote } from '../harness/facts.js';
import { everyRule, testSettings, withoutChecks } from '../harness/thread-settings.js';
import {
  bornByCustomers,
  recordsOnlyItself,
  withoutPauseEnd,
} from '../negative-controls/spoilt-core.js';

const minute = 60_000;
const hour = 60 * minute;
const spoilt = (spoil?: Spoil) => (spoil ? { spoil } : {});
const by = { by: 'olga', why: 'a test' };
const { policies } = testSettings;

describe('an agent who completes after every message', () => {
  /** In whose hands the customer's answers fall. */
  function hands(settings: Partial<SourceSettings> = {}): readonly string[] {
    const run = new PlayedRun(settings);
    run.says('a human please');
    return [1, 2, 3].map((i) => {
      run.agentSays(`question ${i}?`).agentCloses(`i${i}`).pass(minute);
      run.says(`answer ${i}`);
      return run.state.ownership.phase;
    });
  }

  it('keeps the customer', () => {
    expect(hands()).toEqual(['agent', 'agent', 'agent']);
  });
  it('negative control: without a settle window the bot has them in mid-conversation', () => {
    expect(hands({ settleWindow: 1 })).toContain('bot');
  });
});

describe('a thread reopened to an agent who does not answer', () => {
  const rules = withoutChecks(everyRule('stay-with-agent'));
  function reopened(settings: Partial<SourceSettings>): PlayedRun {
    const run = new PlayedRun({ ...settings, openIntervention: 'never' });
    run.says('a human please');
    run
      .agentSays()
      .agentCloses()
      .pass(6 * minute);
    run.says('one more thing');
    expect(run.state.ownership.phase).toBe('agent');
    return run.pass(hour);
  }

  it('escalates: reminded, others asked, and the bot answers what was left unanswered', () => {
    const run = reopened(rules);
    expect(run.state.report.log).toContainEqual(
      expect.objectContaining({ code: 'attentionRaised', attention: 'agentSilent' }),
    );
    expect(run.asked.at(-1)?.burst.map(({ body }) => body)).toEqual(['one more thing']);
  });
  it('negative control: without an escalation policy it lies on an empty desk', () => {
    const {
      ownership: { phase },
      report: { attention },
    } = reopened({ ...rules, escalations: {} }).state;
    expect({ phase, attention }).toEqual({ phase: 'agent', attention: [] });
  });
});

describe('the bot that has the thread back', () => {
  const promise = 'I have put 20 euros on your account.';
  /** What it is asked when the customer writes again. */
  function askedAgain(spoil?: Spoil) {
    const remember = { language: 'de' };
    const answer = () => ({ replies: [{ body: 'ANSWER' }], remember });
    const run = new PlayedRun({}, { answer, ...spoilt(spoil) });
    run.says();
    run.says('a human please');
    run
      .agentSays(promise)
      .agentCloses()
      .pass(10 * minute);
    run.says('where are my 20 euros?');
    return { turn: run.asked.at(-1)!, answered: run.posts().at(-1) };
  }

  it('answers, and knows the human’s last words and what it wanted remembered', () => {
    const { turn, answered } = askedAgain();
    expect(answered).toBe('ANSWER');
    expect(turn.record).toContainEqual(expect.objectContaining({ by: 'agent', body: promise }));
    expect(turn.memory).toEqual({ language: 'de' });
  });
  it('negative control: one that keeps no record of humans does not', () => {
    const said = askedAgain(recordsOnlyItself).turn.record.map(({ body }) => body);
    expect(said).not.toContain(promise);
  });
});

describe('a pause of the bot', () => {
  /** What it says to a content of the pause, an hour and two hours later. */
  function said(spoil?: Spoil): readonly (readonly string[])[] {
    const run = new PlayedRun({}, spoilt(spoil));
    run.says();
    run.commands({ do: 'pauseBot', ...by, until: run.now + hour });
    run.says('are you there?');
    const during = run.posts();
    const after = run.pass(hour).posts();
    return [during, after, run.pass(hour).posts()];
  }

  it('ends by itself, once: what waited is answered, and nothing more', () => {
    expect(said()).toEqual([['ANSWER'], ['ANSWER', 'ANSWER'], ['ANSWER', 'ANSWER']]);
  });
  it('negative control: one without an end is a dead end', () => {
    expect(said(withoutPauseEnd)[2]).toEqual(['ANSWER']);
  });
});

describe('a conversation a human begins', () => {
  function begun(spoil?: Spoil) {
    const run = new PlayedRun({}, spoilt(spoil));
    run.agentSays('Your order has arrived.').pass(hour);
    run.says('great, when can I come?');
    return { phase: run.state.ownership.phase, posts: run.posts() };
  }

  it('is theirs: the bot does not jump in when the customer answers', () => {
    expect(begun()).toEqual({ phase: 'agent', posts: [] });
  });
  it('negative control: one born by the customer’s first content does', () => {
    expect(begun(bornByCustomers)).toEqual({ phase: 'bot', posts: ['ANSWER'] });
  });
});

describe('the end of a conversation', () => {
  const polite = { farewellWords: ['thanks', 'ok'], openIntervention: 'first' as const };
  const solve = () => ({ replies: [{ body: 'BYE' }], isSolved: true });
  function solved(rules: readonly string[] = ['stay-quiet-after-farewell']): PlayedRun {
    const run = new PlayedRun({ ...polite, policies: [...rules, ...policies] }, { answer: solve });
    run.says();
    return run;
  }
  const outcome = (run: PlayedRun) => ({
    phase: run.state.ownership.phase,
    posts: run.posts().length,
    closed: run.count('closeIntervention'),
    episode: run.state.ownership.episode,
  });
  const once = { phase: 'closed', posts: 1, closed: 1, episode: 1 };

  it.each([
    ['ten seconds', 10_000],
    ['ten minutes', 10 * minute],
  ])('"thanks" %s later restarts nothing, and asks for no second survey', (_, time) => {
    const run = solved().pass(time);
    run.says('ok thanks');
    run.pass(hour);
    expect(outcome(run)).toEqual(once);
  });
  it('negative control: without the rule "thanks" begins anew, survey included', () => {
    const run = solved([]).pass(10_000);
    run.says('ok thanks');
    run.pass(hour);
    expect(outcome(run)).toEqual({ phase: 'closed', posts: 2, closed: 2, episode: 2 });
  });

  it('by the customer’s silence closes the intervention once, too', () => {
    const answer = () => ({ replies: [{ body: 'ANSWER' }] });
    const run = new PlayedRun(polite, { answer });
    run.says();
    run.pass(30 * hour);
    expect(outcome(run)).toEqual(once);
  });

  it('by the agent is theirs: the bot closes nothing', () => {
    const run = new PlayedRun(polite);
    run.says('a human please');
    run
      .agentSays()
      .agentCloses()
      .pass(30 * hour);
    expect(run.count('closeIntervention')).toBe(0);
  });

  it('that a question within a minute takes back has a second one, with its own survey', () => {
    const run = solved().pass(50_000);
    run.says('and my other parcel?');
    run.pass(hour);
    expect(outcome(run)).toEqual({ phase: 'closed', posts: 2, closed: 2, episode: 2 });
  });
});

describe('a bot that is down', () => {
  function down(rules = policies) {
    const run = new PlayedRun({ policies: rules }, { answer: () => ({ failed: 'Timeout' }) });
    run.says();
    run.says('hello?');
    return { phase: run.state.ownership.phase, isNotified: run.posts().includes('HANDOVER') };
  }

  it('hands over after the turns it may fail, and the customer is told', () => {
    expect(down()).toEqual({ phase: 'handover', isNotified: true });
  });
  it('negative control: without the rule the customer is in limbo', () => {
    expect(down(['reopen-to-bot'])).toEqual({ phase: 'bot', isNotified: false });
  });
});

describe('ten thousand long contents', () => {
  it('are carried in less than a megabyte, and asked in less than two hundred kilobytes', () => {
    const run = new PlayedRun({ burst: { quiet: 1_000, cap: 5_000 } });
    const body = 'x'.repeat(5_000);
    let largest = 0;
    for (let i = 0; i < 10_000; i += 1) {
      run.handleEvent(customerWrote({ id: `m${i}`, at: run.at + 1, body }));
      if (i % 1_000 === 0) largest = Math.max(largest, JSON.stringify(run.state).length);
    }
    largest = Math.max(largest, JSON.stringify(run.state).length);
    expect(largest).toBeLessThan(1_000_000);
    run.pass(minute);
    expect(JSON.stringify(run.asked.at(-1)).length).toBeLessThan(200_000);
  });
});
