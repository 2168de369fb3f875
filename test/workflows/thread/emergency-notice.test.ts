/** What a customer is told who writes during an operator's emergency, by choice of the business. */
import { describe, expect, it } from 'vitest';
import { emergencyFailure } from '../../../workflows/contract/work.js';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import { withHuman } from '../../../workflows/thread/state/human.js';
import { agentReplied, customerWrote } from '../../harness/facts.js';
import { PlayedRun, type Spoil } from '../../harness/played-core.js';
import { testSettings } from '../../harness/thread-settings.js';

const minute = 60_000;
const hour = 60 * minute;
const notice: Partial<SourceSettings> = {
  texts: { ...testSettings.texts, emergency: 'IT TAKES LONGER' },
};

/** During an emergency the bot is silent, as the activity that asks it finds. */
class Emergency extends PlayedRun {
  readonly #now: { isInForce: boolean };

  constructor(settings = notice, spoil?: Spoil) {
    const inForce = { isInForce: false };
    super(settings, {
      answer: () =>
        inForce.isInForce ? { failed: emergencyFailure } : { replies: [{ body: 'ANSWER' }] },
      ...(spoil && { spoil }),
    });
    this.#now = inForce;
  }

  /** Known to the workers, and not yet applied to this thread. */
  begins(): this {
    this.#now.isInForce = true;
    return this;
  }

  declare(): this {
    return this.begins().commands({ do: 'moveToHumans', by: 'olga', why: 'wrong prices' });
  }

  isOver(): this {
    this.#now.isInForce = false;
    this.commands({ do: 'giveBack', by: 'olga', why: 'prices are right' });
    return this.pass(minute);
  }
}

it.each([
  ['nothing by default', {}, []],
  ['the text of the business', notice, ['IT TAKES LONGER']],
])('a customer who writes is told %s, once', (_, settings, texts) => {
  const run = new Emergency(settings);
  run.says('hello');
  run.declare();
  const before = run.posts().length;
  run.says('where is my parcel?');
  run.pass(minute).says('are you there?');
  expect([run.state.ownership.phase, run.posts().slice(before)]).toEqual(['handover', texts]);
  run.isOver();
  expect(run.posts().slice(before)).toEqual([...texts, 'ANSWER']);
});

describe('a customer is told', () => {
  it('who had just asked when it was declared', () => {
    const run = new Emergency();
    run.writes('where is my parcel?');
    run.declare().pass(minute);
    expect(run.posts()).toEqual(['IT TAKES LONGER']);
  });

  it('whose first words come while it lasts', () => {
    const run = new Emergency();
    run.begins().says('hello');
    run.pass(minute);
    expect([run.posts(), run.state.ownership.reason]).toEqual([['IT TAKES LONGER'], 'emergency']);
    run.isOver();
    expect(run.posts()).toEqual(['IT TAKES LONGER', 'ANSWER']);
  });

  it('again in the next emergency', () => {
    const run = new Emergency();
    run.says('hello');
    run.declare().says('one');
    run.isOver().declare().says('two');
    expect(run.posts().filter((body) => body === 'IT TAKES LONGER')).toHaveLength(2);
  });

  it('each of several, in reply to their own words', () => {
    const run = new Emergency();
    run.says('hello');
    run.declare().says('one');
    const event = customerWrote({ id: 'bo', at: run.at + 1_000, body: 'two' });
    const content = { ...event.content, authorId: 'identity-bo' };
    run.handleEvent({ ...event, content });
    run.pass(minute);
    const answered = run.works.flatMap((work) =>
      work.do === 'postReply' && work.input.isEmergencyNotice ? [work.input.inReplyToId] : [],
    );
    expect(answered).toHaveLength(2);
    expect(answered.at(-1)).toBe('content-bo');
  });
});

describe('nobody is told', () => {
  it('who has been answered and says nothing', () => {
    const run = new Emergency();
    run.says('hello');
    run.declare().pass(minute);
    expect(run.posts()).toEqual(['ANSWER']);
  });

  it('whom a human has, in a handover or in phase agent', () => {
    const run = new Emergency();
    run.says('hello');
    run.declare().agentSays();
    run.says('where is my parcel?');
    run.pass(minute);
    expect([run.posts(), run.state.ownership.phase]).toEqual([['ANSWER'], 'agent']);
    const waiting = new Emergency();
    waiting.says('a human please');
    waiting.declare().says('hello?');
    expect(waiting.posts()).toEqual(['HANDOVER']);
  });
});

it('is marked as the one text that may be posted during the emergency', () => {
  const run = new Emergency();
  run.says('hello');
  run.declare().says('where is my parcel?');
  const posts = run.works.flatMap((work) => (work.do === 'postReply' ? [work.input] : []));
  expect(posts.map(({ isEmergencyNotice = false }) => isEmergencyNotice)).toEqual([false, true]);
});

it('negative control: one that does not remember says it to each content', () => {
  const run = new Emergency(notice, (after) =>
    withHuman(after, { emergencyNoticeSentTo: undefined }),
  );
  run.says('hello');
  run.declare().says('one');
  run.says('two');
  expect(run.posts().filter((body) => body === 'IT TAKES LONGER')).toHaveLength(2);
});

it('each customer of a public thread is told, in reply to their own words', () => {
  const run = new Emergency();
  const say = (authorId: string, id: string) => {
    const event = customerWrote({ id, at: run.at, body: 'hello?' });
    return run.handleEvent({ ...event, content: { ...event.content, authorId } });
  };
  say('ana', '1');
  say('ben', '2');
  run.declare().pass(minute);
  const notices = run.works.flatMap((work) => (work.do === 'postReply' ? [work.input] : []));
  expect(notices.map(({ body, inReplyToId }) => [body, inReplyToId])).toEqual([
    ['IT TAKES LONGER', 'content-1'],
    ['IT TAKES LONGER', 'content-2'],
  ]);
});

describe('an emergency that stops the text of a handover under way', () => {
  const lost = { is: 'ambiguous', code: 'Engage.Timeout' } as const;

  /** The customer asks for a human; the post of the text is about to begin. */
  function asked(settings: Partial<SourceSettings> = {}): Emergency {
    const run = new Emergency(settings);
    run.writes('a human please');
    run.wait(1_000);
    run.end('recategorise', { categoryIds: [] });
    expect(run.doing()).toBe('postReply');
    return run;
  }
  const stopped = (settings?: Partial<SourceSettings>) => {
    const run = asked(settings).begins();
    run.end('postReply', { failed: emergencyFailure });
    return run;
  };
  const sent = (run: PlayedRun) => run.state.outbox.sent.map(({ key }) => key.split('/')[1]);

  it('is told in its place, where the business has a text for it', () => {
    const run = stopped(notice).pass(hour);
    expect(sent(run)).toEqual(['emergency']);
    expect(run.isOver().pass(hour).posts().slice(1)).toEqual(['IT TAKES LONGER']);
    expect(run.state.ownership).toMatchObject({ phase: 'handover', reason: 'customerAsked' });
    expect(run.state.report.counts.refusedMoves).toBe(0);
  });

  it('delays it otherwise: the customer receives it once, after the emergency', () => {
    const run = stopped();
    expect(run.doing()).toBeUndefined();
    run.wait(minute).end('postReply', { failed: emergencyFailure });
    expect(sent(run)).toEqual([]);
    expect(sent(run.isOver().pass(hour))).toEqual(['handover-0']);
  });

  it.each([notice, {}])('says nothing more once a human has spoken', (settings) => {
    const run = asked(settings).begins();
    run.handleEvent(agentReplied({ id: 'a', at: run.at + 1 }));
    run.end('postReply', { failed: emergencyFailure });
    expect(sent(run.isOver().pass(hour))).toEqual([]);
  });

  it.each([notice, {}])('says nothing more where it had arrived, found or not yet', (settings) => {
    const run = asked(settings);
    run.end('postReply', lost).begins();
    run.wait(minute).end('findReply', { is: 'found', contentId: 'ours', createdAt: run.now });
    expect(sent(run.pass(hour).isOver().pass(hour))).toEqual(['handover-0']);
  });
});
