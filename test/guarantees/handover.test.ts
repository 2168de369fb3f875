/**
 * The handover itself, played on the pure core; each check also runs with something naive, which must
 * fail it. The rows of `docs/guarantees.md`, "The handover itself".
 */
import { describe, expect, it } from 'vitest';
import type { BotAnswer } from '../../bots/bot.js';
import type { Failure } from '../../workflows/contract/work.js';
import type { SourceSettings } from '../../workflows/contract/source-settings.js';
import { PlayedRun, type Around, type Spoil } from '../harness/played-core.js';
import { everyRule, testSettings, withoutChecks } from '../harness/thread-settings.js';
import { twoSenders, withoutCompensation } from '../negative-controls/spoilt-core.js';

const minute = 60_000;
const hour = 60 * minute;
const spoilt = (spoil?: Spoil) => (spoil ? { spoil } : {});
const { policies } = testSettings;

describe('every way to a human', () => {
  const by = { by: 'olga', why: 'a test' };
  type Way = { readonly says: string; readonly answer?: BotAnswer | Failure; readonly asks?: true };
  const ways: Readonly<Record<string, Way>> = {
    'the customer asks, in the business’s words': { says: 'a human please' },
    'the bot understands that they ask': {
      says: 'let me talk to somebody',
      answer: { replies: [{ body: 'HANDOVER' }], handOver: { because: 'customerAsked' } },
    },
    'the bot gives up, without a word': {
      says: 'blah',
      answer: { replies: [], handOver: { because: 'botGaveUp' } },
    },
    'the bot gives up, saying so': {
      says: 'blah',
      answer: { replies: [{ body: 'HANDOVER' }], handOver: { because: 'botGaveUp' } },
    },
    'the bot fails': { says: 'hello', answer: { failed: 'BotError' } },
    'the bot is silent beyond its budget': { says: 'hello', answer: { failed: 'Timeout' } },
    'an operator asks': { says: 'hello', asks: true },
  };

  /** How often the customer is told of it, by whichever text. */
  function notices({ says, answer, asks }: Way, spoil?: Spoil): number {
    const around: Around = { ...(answer && { answer: () => answer }), ...spoilt(spoil) };
    const run = new PlayedRun({ maxFailedTurns: 1, openIntervention: 'first' }, around);
    run.says(says);
    if (asks) run.commands({ do: 'askHandover', ...by });
    run.pass(minute);
    run.says('is anybody there?');
    expect(run.state.ownership.phase).toBe('handover');
    return run.posts().filter((body) => body === 'HANDOVER').length;
  }

  it.each(Object.keys(ways))('tells the customer exactly once: %s', (name) => {
    expect(notices(ways[name]!)).toBe(1);
  });
  it('negative control: two senders tell it twice', () => {
    const twice = Object.values(ways).filter((way) => notices(way, twoSenders) > 1);
    expect(twice.length).toBeGreaterThan(0);
  });
});

describe('a handover the platform refuses', () => {
  /** With the humans, on the platform too; or with the bot, and the customer knows. */
  function isWhole(spoil?: Spoil): boolean {
    const refusing = { recategorise: () => ({ failed: 'Engage.NotAuthorised' }), ...spoilt(spoil) };
    const run = new PlayedRun({}, refusing);
    run.says('a human please');
    run.pass(minute);
    const {
      ownership: { phase },
      routing: { assignedCategory: assignedCategory },
      report: { attention },
    } = run.state;
    if (phase === 'handover') return assignedCategory === 'agent';
    return attention.length > 0 && run.posts().join() === 'HANDOVER FAILED';
  }

  it('is taken back, said so, and a person is called', () => {
    expect(isWhole()).toBe(true);
  });
  it('negative control: without compensation the customer waits for nobody', () => {
    expect(isWhole(withoutCompensation)).toBe(false);
  });
});

describe('72 hours in which nobody comes', () => {
  const rules = withoutChecks(everyRule('reopen-to-bot'));
  function waits(settings: Partial<SourceSettings>): PlayedRun {
    const run = new PlayedRun({ ...settings, openIntervention: 'first' });
    run.says('a human please');
    return run.pass(72 * hour);
  }

  it('go step by step, and nothing is stuck', () => {
    const run = waits(rules);
    const escalationSteps = ['HANDOVER', 'STILL WAITING', 'ASKING OTHERS', 'NOBODY CAME'];
    expect(run.posts().slice(0, 4)).toEqual(escalationSteps);
    expect(run.count('leaveNote')).toBe(2);
    // Nobody has answered: the thread is not closed as if the customer were the silent one.
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.state.report.attention).toMatchObject([{ code: 'nobodyComes' }]);
  });
  it('negative control: without an escalation policy the customer waits for ever', () => {
    expect(waits({ ...rules, escalations: {} }).state).toMatchObject({
      ownership: { phase: 'handover' },
      report: { attention: [] },
    });
  });
});

describe('fifty conversations on one thread', () => {
  it('each with a handover, begin clean and go alike', () => {
    const run = new PlayedRun({ ...everyRule('reopen-to-bot'), escalations: {} });
    const sizes: number[] = [];
    const lives = Array.from({ length: 50 }, (_, i) => {
      const before = run.posts().length;
      run.says('hello');
      run.says('a human please');
      const waiting = run.state.ownership.phase;
      run.agentSays().agentCloses(`i${i}`).pass(hour);
      sizes.push(JSON.stringify(run.state).length);
      return [waiting, run.state.ownership.phase, ...run.posts().slice(before)].join(' ');
    });
    expect(new Set(lives)).toEqual(new Set(['handover closed ANSWER HANDOVER']));
    expect(run.state).toMatchObject({
      ownership: { episode: 50 },
      conversation: { failedTurns: 0 },
      report: { attention: [] },
    });
    expect(run.state.report.counts).toMatchObject({ refusedMoves: 0, crossedReplies: 0, late: 0 });
    expect(sizes.at(-1)).toBeLessThan(200_000);
  });
});

describe('a bot that always fails, and an agent who gives back at once', () => {
  /** How often a human was troubled in ten rounds, and whether an operator was told. */
  function rounds(rules: readonly string[]) {
    const settings = {
      policies: [...rules, ...policies],
      loopGuard: { handovers: 3, within: 10 * hour },
      maxFailedTurns: 1,
    };
    const run = new PlayedRun(settings, { answer: () => ({ failed: 'BotError' }) });
    for (let i = 0; i < 10; i += 1) {
      run.says();
      if (run.state.ownership.phase !== 'handover') break;
      run
        .agentSays()
        .agentCloses(`i${i}`)
        .pass(6 * minute);
    }
    const isNotified = run.state.report.log.some(
      (one) => one.code === 'attentionRaised' && one.attention === 'pingPong',
    );
    return { handovers: run.posts().filter((body) => body === 'HANDOVER').length, isNotified };
  }

  it('stop after the limit, and an operator is told', () => {
    expect(rounds(['stay-with-agent-when-looping'])).toEqual({ handovers: 3, isNotified: true });
  });
  it('negative control: without the guard it goes on for ever', () => {
    expect(rounds([])).toEqual({ handovers: 10, isNotified: false });
  });
});

describe('a platform that makes no task of a handover', () => {
  function attention(settings: Partial<SourceSettings>): string | undefined {
    const run = new PlayedRun(settings);
    run.says('a human please');
    return run.pass(10 * minute).state.report.attention[0]?.code;
  }

  it('is asked once more, and then a person is called', () => {
    expect(attention({ confirmHandoverWithin: minute })).toBe('handoverUnconfirmed');
  });
  it('negative control: one that believes the first answer notices nothing', () => {
    expect(attention({})).toBeUndefined();
  });
});
