/** The platform's lists as facts: the same as its webhooks would have brought, in the right order. */
import { describe, expect, it } from 'vitest';
import { byThread } from '../../activities/reconcile/by-thread.js';
import {
  factOfEntry,
  factsOfContent,
  threadsOf,
  type ThreadFact,
} from '../../activities/reconcile/facts.js';
import {
  journalEntrySchema,
  listedContentSchema,
  type JournalEntry,
  type ListedContent,
} from '../../engage/resources.js';

const at = '2026-01-15T09:30:00Z';
const time = Date.parse(at);

function content(more: Record<string, unknown> = {}): ListedContent {
  const base = { id: 'c', thread_id: 't', source_id: 's', body: 'hi', created_at: at };
  return listedContentSchema.parse({ ...base, ...more });
}

function entry(name: string, more: Record<string, unknown> = {}): JournalEntry {
  const infos = { content_thread_id: 't', intervention_id: 'i', task_id: 'k' };
  return journalEntrySchema.parse({
    ...{ id: `e-${name}`, name, user_id: 'agent', created_at: at, extra_infos: infos },
    ...more,
  });
}

const types = (of: ListedContent) => factsOfContent(of, 'bot').map(({ event }) => event.type);
const byBot = { creator_id: 'bot', in_reply_to_id: 'q', created_from: 'interface' };

it('a reply of an agent that waits for approval is marked, and no other', () => {
  const by = { ...byBot, creator_id: 'agent' };
  const marks = [true, false, undefined].map((approval_required) => {
    const [fact] = factsOfContent(content({ ...by, approval_required }), 'bot');
    return fact && 'content' in fact.event && fact.event.content.waitsForApproval;
  });
  expect(marks).toEqual([true, undefined, undefined]);
});

describe('a content', () => {
  it.each([
    ['of a customer', {}, ['content.imported']],
    ['in the channel’s own app', { status: 'user_reply' }, ['content.imported']],
    [
      'that the platform imported in an agent’s name',
      { creator_id: 'agent', created_from: 'synchronizer', status: 'user_reply' },
      ['content.imported'],
    ],
    ['of an agent', { ...byBot, creator_id: 'agent' }, ['content.replied']],
    [
      'by which an agent begins',
      { creator_id: 'agent', status: 'user_initiated' },
      ['content.discussion_initiated'],
    ],
    [
      'of ours, on its way',
      { ...byBot, synchronization_status: 'export_pending' },
      ['content.replied'],
    ],
    [
      'of ours, delivered',
      { ...byBot, synchronization_status: 'success' },
      ['content.replied', 'content.exported'],
    ],
    [
      'of ours, refused',
      { ...byBot, synchronization_status: 'export_failure' },
      ['content.replied', 'content.exported'],
    ],
    ['that nobody wrote', { auto_submitted: true }, []],
    ['without a thread', { thread_id: null }, []],
  ])('%s', (_, more, wanted) => {
    expect(types(content(more))).toEqual(wanted);
  });

  it('says all that its webhook would have said', () => {
    const [fact] = factsOfContent(
      content({
        ...{ author_id: 'ana', private_message: true, attachments_count: 1, language: 'en' },
        ...{ category_ids: ['b'], intervention_id: 'i', status: 'assigned' },
        structured_reply: { payload: 'yes' },
      }),
      'bot',
    );
    expect(fact).toEqual({
      ...{ threadId: 't', sourceId: 's', at: time },
      event: {
        ...{ id: 'content.imported:c', issuedAt: time, type: 'content.imported' },
        content: {
          ...{ id: 'c', sourceId: 's', body: 'hi', isPrivate: true, hasAttachment: true },
          ...{ categoryIds: ['b'], authorId: 'ana', interventionId: 'i', status: 'assigned' },
          ...{ language: 'en', payload: 'yes' },
        },
      },
    });
  });
});

describe('a journal entry', () => {
  const nowhere = threadsOf([]);
  it('keeps its id, and says that it is dated to the second', () => {
    const fact = factOfEntry(entry('intervention.closed'), nowhere) as ThreadFact;
    expect(fact).toMatchObject({ threadId: 't', at: time });
    expect(fact.event).toMatchObject({
      ...{ id: 'e-intervention.closed', isRounded: true, userId: 'agent', interventionId: 'i' },
    });
  });

  it.each(['content.imported', 'intervention.recategorized', 'webhook.suspended', undefined])(
    '%s says nothing to a thread',
    (name) => {
      expect(factOfEntry(entry(name ?? '', { name }), nowhere)).toBeUndefined();
    },
  );

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['what is no object', 'gone'],
    ['nothing of use', { request_ip: '::1' }],
    ['an intervention nobody knows', { intervention_id: 'other' }],
  ])('that knows %s has no place', (_, infos) => {
    expect(factOfEntry(entry('intervention.closed', { extra_infos: infos }), nowhere)).toBe(
      'unassigned',
    );
  });

  it('without a thread is placed by the contents read beside it', () => {
    const known = threadsOf([content({ intervention_id: 'i' })]);
    const infos = { intervention_id: 'i' };
    const fact = factOfEntry(entry('intervention.closed', { extra_infos: infos }), known);
    expect(fact).toMatchObject({ threadId: 't', sourceId: 's' });
  });
});

describe('facts by thread', () => {
  const all = (...facts: readonly (ThreadFact | 'unassigned' | undefined)[]) =>
    facts.filter((fact) => typeof fact === 'object');
  const journal = (name: string, more = {}) => factOfEntry(entry(name, more), threadsOf([]));
  const ordered = (facts: readonly ThreadFact[]) =>
    byThread(facts, () => true)[0]?.events.map(({ type }) => type);

  it('of one second: engaged, spoken, completed', () => {
    const reply = factsOfContent(content({ ...byBot, creator_id: 'agent' }), 'bot');
    const facts = all(journal('intervention.opened'), journal('intervention.closed'), ...reply);
    expect(ordered(facts)).toEqual([
      'intervention.opened',
      'content.replied',
      'intervention.closed',
    ]);
    const issued = byThread(facts, () => true)[0]?.events.map(({ issuedAt }) => issuedAt);
    expect(issued).toEqual([time, time + 100, time + 999]);
  });

  it('an end that was taken back in the same second is none', () => {
    const facts = all(journal('intervention.closed'), journal('intervention.reopened'));
    expect(ordered(facts)).toEqual(['intervention.reopened']);
    expect(ordered(facts.reverse())).toEqual(['intervention.reopened', 'intervention.closed']);
  });

  it('a completion dated a second before the reply it followed comes after it', () => {
    const reply = factsOfContent(
      content({ ...byBot, creator_id: 'agent', created_at: '2026-01-15T09:30:01Z' }),
      'bot',
    );
    const closed = journal('intervention.closed');
    expect(ordered(all(closed, ...reply))).toEqual(['content.replied', 'intervention.closed']);
    const reopened = journal('intervention.reopened', { created_at: '2026-01-15T09:30:01Z' });
    expect(ordered(all(closed, reopened, ...reply))).toEqual([
      ...['intervention.closed', 'intervention.reopened', 'content.replied'],
    ]);
  });

  it('come thread by thread, the one that waits longest first', () => {
    const [late, early] = [at, '2026-01-15T09:29:00Z'].map((created_at) =>
      factsOfContent(content({ id: created_at, thread_id: created_at, created_at }), 'bot'),
    );
    const threads = byThread(all(...(late ?? []), ...(early ?? [])), () => true);
    expect(threads.map(({ first }) => first)).toEqual([time - 60_000, time]);
  });

  it('of sources that are not ours are left alone', () => {
    const facts = all(...factsOfContent(content(), 'bot'), journal('intervention.closed'));
    expect(byThread(facts, (source) => source === 'other')).toEqual([]);
    expect(byThread(facts, (source) => source === 's')).toHaveLength(1);
  });
});
