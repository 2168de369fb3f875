/** The judge of the cluster's runs sees what is lost, said twice, not said, or half handed over. */
import { describe, expect, it } from 'vitest';
import { count, type Told } from './outcome.js';
import { categories } from '../../simulator/seed.js';
import { newState } from '../../simulator/new-state.js';
import type { Content, State, Thread } from '../../simulator/state.js';

const farewell = 'A colleague takes over.';
const turn = { threadId: 't', contentId: 'c', replies: 1 };

const began = Date.parse('2026-01-15T09:30:00Z');

/** The platform's news that the thread is on somebody's desk, acknowledged at this time. */
function taskTold(at: string): Told {
  const events = [{ id: 'task', type: 'task.created', thread_id: 't' }];
  const all = told();
  const attempt = { delivery_id: 'd2', events, at, attempt: 1, status: 200 };
  return { ...all, account: { ...all.account, attempts: [...all.account.attempts, attempt] } };
}

function reply(id: string, body: string): Content {
  return { id, body, by: 'bot:b', thread_id: 't', in_reply_to_id: 'c' } as Content;
}

/** One customer asked for a human, was told so, and has one. */
function told(changed: Partial<Told> = {}, replies = [reply('r', farewell)]): Told {
  const event = { id: 'e', type: 'content.imported', thread_id: 't' };
  const attempt = {
    delivery_id: 'd',
    events: [event],
    at: '2026-01-15T09:30:05.000Z',
    attempt: 1,
    status: 200,
  };
  const thread = { id: 't', thread_category_ids: [categories.agent] } as unknown as Thread;
  const account: State = {
    ...newState(),
    attempts: [attempt, attempt],
    contents: Object.fromEntries(replies.map((one) => [one.id, one])),
    threads: { t: thread },
  };
  const card = { phase: 'handover', counts: { ambiguousReplies: 2 } };
  return {
    ...{ account, farewell, turns: [turn], handedOver: ['t'] },
    heard: new Map([['t', { began, events: new Set(['e']) }]]),
    cards: new Map([['t', card]]) as unknown as Told['cards'],
    ...changed,
  };
}

describe('counts', () => {
  it('nothing where all is well, and each event once, however often it was delivered', () => {
    const none = { lost: 0, lostEvents: [], unanswered: 0, twice: 0, halfOpen: 0 };
    expect(count(told())).toEqual({ ...none, turns: 1, acknowledged: 1, ambiguous: 2 });
  });

  it('what was acknowledged and no history has', () => {
    const lost = { lost: 1, lostEvents: [{ id: 'e', type: 'content.imported', thread: 't' }] };
    expect(count(told({ heard: new Map() }))).toMatchObject(lost);
  });

  it('news of a conversation only once that has begun: before, they concern nobody', () => {
    expect(count(taskTold('2026-01-15T09:29:59.000Z'))).toMatchObject({ lost: 0 });
    expect(count(taskTold('2026-01-15T09:30:09.000Z'))).toMatchObject({ lost: 1 });
    const heard = new Map([['t', { began: undefined, events: new Set(['e']) }]]);
    const never = { ...taskTold('2026-01-15T09:29:59.000Z'), heard };
    expect(count(never)).toMatchObject({ lost: 1 });
  });

  it('contents without their reply', () => {
    expect(count(told({}, []))).toMatchObject({ unanswered: 1 });
  });

  it('the same words said again, and a farewell said twice', () => {
    const twice = [reply('r', farewell), reply('s', farewell)];
    expect(count(told({}, twice))).toMatchObject({ twice: 1, halfOpen: 1 });
  });

  it.each([
    ['knows nothing', new Map()],
    ['believes in the bot', new Map([['t', { phase: 'bot', counts: { ambiguousReplies: 0 } }]])],
  ])('a thread that is with humans and %s', (_, cards) => {
    expect(count(told({ cards: cards as unknown as Told['cards'] }))).toMatchObject({
      halfOpen: 1,
    });
  });
});
