/**
 * One voice at a time, played on the pure core; each check also runs with something naive, which must
 * fail it. The rows of `docs/guarantees.md`, "Bot and human speak at once".
 */
import { describe, expect, it } from 'vitest';
import type { SourceSettings } from '../../workflows/contract/source-settings.js';
import { asPosted } from '../harness/core-run.js';
import { customerWrote, ourEcho } from '../harness/facts.js';
import { PlayedRun, type Around, type Spoil } from '../harness/played-core.js';
import { everyRule } from '../harness/thread-settings.js';
import {
  deafToHumans,
  twoSenders,
  withoutEcho,
  withoutEpoch,
} from '../negative-controls/spoilt-core.js';

describe('a human who only writes', () => {
  /** What the bot was asked and has said after it, over five contents of the customer's. */
  function afterTheHuman(settings: Partial<SourceSettings> = {}) {
    const run = new PlayedRun(settings);
    run.says();
    run.agentSays('I am looking.');
    const before = { asked: run.asked.length, posts: run.posts().length };
    for (let i = 0; i < 5; i += 1) run.says(`and ${i}?`);
    const posts = run.posts().length - before.posts;
    return { phase: run.state.ownership.phase, asked: run.asked.length - before.asked, posts };
  }
  const silent = { phase: 'agent', asked: 0, posts: 0 };

  it('has the thread: five contents later the bot was not asked and posted nothing', () => {
    expect(afterTheHuman()).toEqual(silent);
  });
  it('negative control: one deaf to humans asks and answers', () => {
    expect(afterTheHuman(deafToHumans)).toEqual({ phase: 'bot', asked: 5, posts: 5 });
  });
});

describe('a reply in the outbox when a human takes over', () => {
  /** Two replies are in the outbox, the first is on its way, a human writes: what still leaves? */
  function leaves(spoil?: Spoil): readonly string[] {
    const run = new PlayedRun({}, spoil ? { spoil } : {});
    run.handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.end('askBot', { replies: [{ body: 'one' }, { body: 'two' }] });
    const before = run.state;
    run.handleEvent({ ...agentFact(run.at) });
    expect(before.outbox.items).toHaveLength(2);
    run.settle().pass(60_000);
    return run.posts();
  }
  const agentFact = (at: number) => ({
    ...ourEcho({ id: 'human', at }, 'content-1'),
    ...{ userId: 'user-agent' },
    content: { ...ourEcho({ id: 'human', at }, 'content-1').content, creatorId: 'user-agent' },
  });

  it('is not said: only the one on its way may cross', () => {
    expect(leaves()).toEqual(['one']);
  });
  it('negative control: without an ownership epoch it is', () => {
    expect(leaves(withoutEpoch)).toContain('two');
  });
});

describe('our own words that come back', () => {
  const orders = ['before', 'after', 'instead of'] as const;

  /** The echo of the reply, before, after or instead of the answer to the post. */
  function echoed(order: (typeof orders)[number], spoil?: Spoil) {
    const run = new PlayedRun({}, spoil ? { spoil } : {});
    run.handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    const answer = { ...asPosted(run), contentId: 'content-ours' };
    const echo = ourEcho({ id: 'ours', at: run.at, body: 'ANSWER' }, 'content-1');
    if (order === 'after') run.end('postReply', answer);
    run.handleEvent(echo);
    if (order === 'before' && run.doing() === 'postReply') run.end('postReply', answer);
    if (order === 'instead of') run.wait(60_000);
    run.settle().pass(60_000);
    const {
      ownership: { phase },
      outbox: { sent },
    } = run.state;
    return { phase, posts: run.posts(), asked: run.count('askBot'), sent: sent.length };
  }

  it.each(orders)('%s the answer: settle the reply, and mean nothing else', (order) => {
    expect(echoed(order)).toEqual({ phase: 'bot', posts: ['ANSWER'], asked: 1, sent: 1 });
  });
  it('negative control: one that does not know itself takes itself for a human', () => {
    expect(echoed('after', withoutEcho).phase).toBe('agent');
  });
});

describe('a handover', () => {
  const answers = {
    'with the bot’s farewell': { replies: [{ body: 'BYE' }], handOver },
    'without a word of the bot’s': { replies: [], handOver },
  };
  function postsAfterHandover(how: keyof typeof answers, spoil?: Spoil): readonly string[] {
    const around = { answer: () => answers[how], ...(spoil && { spoil }) };
    const run = new PlayedRun({}, around);
    run.says('my order is 7');
    run.says('hello?');
    run.pass(60_000);
    return run.posts();
  }

  it.each([
    ['with the bot’s farewell', ['BYE']],
    ['without a word of the bot’s', ['HANDOVER']],
  ] as const)('%s has one farewell, and ends the bot’s right to speak', (how, said) => {
    expect(postsAfterHandover(how)).toEqual(said);
  });
  it('negative control: two senders say it twice', () => {
    expect(postsAfterHandover('with the bot’s farewell', twoSenders)).toEqual(['BYE', 'HANDOVER']);
  });
});

const handOver = { because: 'botGaveUp' } as const;

describe('a desk that is closed', () => {
  const { availability: rules, ...rest } = everyRule('reopen-to-bot');
  const settings = {
    ...rest,
    ...(rules && { availability: rules }),
    openIntervention: 'never' as const,
  };
  const around: Around = {
    answer: () => ({ replies: [{ body: 'BYE' }], handOver }),
    availability: { isOpen: false, opens: 'Monday', agents: 'unknown' },
  };
  function asksAtNight(without = 'nothing') {
    const policies = (settings.policies ?? []).filter((name) => name !== without);
    const run = new PlayedRun({ ...settings, policies }, around);
    run.says();
    return { phase: run.state.ownership.phase, said: run.posts() };
  }

  it('is one voice: when it opens, instead of a farewell', () => {
    expect(asksAtNight()).toEqual({ phase: 'bot', said: ['CLOSED UNTIL Monday'] });
  });
  it('negative control: without the rule the customer is promised a human at night', () => {
    expect(asksAtNight('check-business-hours')).toEqual({ phase: 'handover', said: ['BYE'] });
  });
});
