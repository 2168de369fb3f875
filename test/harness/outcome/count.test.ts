/** The outcome of a run has what is lost, said twice, not said, or handed over in part; each row is a negative control. */
import { describe, expect, it } from 'vitest';
import { categories } from '../../../simulator/seed.js';
import { newState } from '../../../simulator/new-state.js';
import type { Content, State, Thread } from '../../../simulator/state.js';
import { count, type Counts, type Evidence, type Expected } from './count.js';

const farewell = 'A colleague takes over.';
const began = Date.parse('2026-01-15T09:30:00Z');

/** One customer has asked for a human. */
const expected: Expected = {
  turns: [{ threadId: 't', contentId: 'c', replies: 1 }],
  handedOver: ['t'],
  farewell,
};

function reply(id: string, body = farewell): Content {
  return { id, body, by: 'bot:b', thread_id: 't', in_reply_to_id: 'c' } as Content;
}

type Changed = Partial<Evidence> & {
  readonly replies?: readonly Content[];
  readonly categoryIds?: readonly string[];
};

/** The customer was told so, and a human has the thread. */
function evidence(changed: Changed = {}): Evidence {
  const { replies = [reply('r')], categoryIds = [categories.agent], ...others } = changed;
  const events = [{ id: 'e', type: 'content.imported', thread_id: 't' }];
  const attempt = { events, at: '2026-01-15T09:30:05.000Z', delivery_id: 'd', attempt: 1 };
  const account: State = {
    ...newState(),
    attempts: [
      { ...attempt, status: 200 },
      { ...attempt, status: 200 },
    ],
    contents: Object.fromEntries(replies.map((one) => [one.id, one])),
    threads: { t: { id: 't', thread_category_ids: categoryIds } as unknown as Thread },
  };
  return {
    account,
    received: new Map([['t', { began, events: new Set(['e']) }]]),
    cards: cardIn('handover'),
    ...others,
  };
}

function cardIn(phase: string): Evidence['cards'] {
  const card = { phase, counts: { ambiguousReplies: 2 } };
  return new Map([['t', card]]) as unknown as Evidence['cards'];
}

/** A task of the thread was created, acknowledged at this time, and not received. */
function withTask(at: string, changed: Changed = {}): Evidence {
  const all = evidence(changed);
  const events = [{ id: 'task', type: 'task.created', thread_id: 't' }];
  const attempt = { delivery_id: 'd2', events, at, attempt: 1, status: 200 };
  return { ...all, account: { ...all.account, attempts: [...all.account.attempts, attempt] } };
}

const early = '2026-01-15T09:29:59.000Z';
const late = '2026-01-15T09:30:09.000Z';
const neverBegan = new Map([['t', { began: undefined, events: new Set(['e']) }]]);

function numbers({ lost, unanswered, twice, halfOpen }: Counts) {
  return { lost: lost.length, unanswered, twice, halfOpen };
}

const none = { lost: 0, unanswered: 0, twice: 0, halfOpen: 0 };

describe('counts', () => {
  it('nothing where all is well, and each event once, however often it was delivered', () => {
    const counts = count(expected, evidence());
    expect(counts).toEqual({ ...none, lost: [], turns: 1, acknowledged: 1, ambiguous: 2 });
  });

  it('what was acknowledged and is in no history', () => {
    const lost = [{ id: 'e', type: 'content.imported', thread: 't' }];
    expect(count(expected, evidence({ received: new Map() }))).toMatchObject({ lost });
  });

  it('a delivery that was not answered 200 as not acknowledged', () => {
    const all = evidence({ received: new Map() });
    const attempts = all.account.attempts.map((one) => ({ ...one, status: 503 }));
    const counts = count(expected, { ...all, account: { ...all.account, attempts } });
    expect([counts.acknowledged, counts.lost]).toEqual([0, []]);
  });

  it.each<[string, Evidence, Partial<typeof none>]>([
    ['an event before its conversation began', withTask(early), {}],
    ['an event after its conversation began', withTask(late), { lost: 1 }],
    [
      'an event of a conversation that never began',
      withTask(early, { received: neverBegan }),
      { lost: 1 },
    ],
    ['no reply', evidence({ replies: [] }), { unanswered: 1, halfOpen: 1 }],
    [
      'a reply of another body only',
      evidence({ replies: [reply('r', 'Pardon?')] }),
      { halfOpen: 1 },
    ],
    [
      'a farewell that was said twice',
      evidence({ replies: [reply('r'), reply('s')] }),
      { twice: 1, halfOpen: 1 },
    ],
    [
      'another reply that was said twice',
      evidence({ replies: [reply('r'), reply('s', 'Hello'), reply('u', 'Hello')] }),
      { twice: 1 },
    ],
    ['a thread without a card', evidence({ cards: new Map() }), { halfOpen: 1 }],
    ['a card in the phase of the bot', evidence({ cards: cardIn('bot') }), { halfOpen: 1 }],
    ['categories of the bot', evidence({ categoryIds: [categories.bot] }), { halfOpen: 1 }],
    [
      'categories of both',
      evidence({ categoryIds: [categories.bot, categories.agent] }),
      { halfOpen: 1 },
    ],
  ])('%s', (_, given, wrong) => {
    expect(numbers(count(expected, given))).toEqual({ ...none, ...wrong });
  });

  it('only replies of the wanted body, where a turn wants one', () => {
    const [turn] = expected.turns;
    const wants = (body: string) => ({ ...expected, turns: [{ ...turn!, body }] });
    expect(count(wants(farewell), evidence()).unanswered).toBe(0);
    expect(count(wants('Tomorrow.'), evidence()).unanswered).toBe(1);
  });

  it('only the phases that are asked for', () => {
    const strict: Expected = { ...expected, humanPhases: ['handover'] };
    const given = evidence({ cards: cardIn('agent') });
    expect([count(expected, given).halfOpen, count(strict, given).halfOpen]).toEqual([0, 1]);
  });

  it.each([
    ['has', cardIn('bot'), [categories.bot], 0],
    ['has by its categories only', cardIn('handover'), [categories.bot], 1],
    ['has by its phase only', cardIn('bot'), [categories.agent], 1],
  ])('a thread that the bot %s', (_, cards, categoryIds, halfOpen) => {
    const bots: Expected = { ...expected, handedOver: [], withBot: ['t'] };
    expect(count(bots, evidence({ cards, categoryIds })).halfOpen).toBe(halfOpen);
  });
});
