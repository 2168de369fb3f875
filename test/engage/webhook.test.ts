/** The quirks of the platform’s deliveries, and what is said about those that are none. */
import { describe, expect, it } from 'vitest';
import { parseDelivery, type Delivery } from '../../engage/webhook.js';

const metadata = { thread_id: 't', source_id: 's', body: 'hello', private: true };
const event = {
  type: 'content.imported',
  id: 'e',
  issued_at: '2026-01-15T09:30:00.412Z',
  resource: { type: 'message', id: 'c', metadata },
};

function parse(...events: readonly unknown[]): Delivery {
  const delivery = parseDelivery({ id: 'request', domain_id: 'd', events });
  if (!('events' in delivery)) throw new Error('the envelope was refused');
  return delivery;
}

function withMetadata(more: object): object {
  return { ...event, resource: { ...event.resource, metadata: { ...metadata, ...more } } };
}

describe('quirks', () => {
  it.each([
    ['the string "false" for a flag', { private: 'false' }, { private: false }],
    ['null for an array', { category_ids: null }, { category_ids: [] }],
    ['an absent array', {}, { category_ids: [] }],
    ['a null body, of an attachment alone', { body: null }, { body: undefined }],
    ['null for an id', { intervention_id: null }, { intervention_id: undefined }],
    ['a number for an id', { creator_id: 42 }, { creator_id: '42' }],
    ['an unknown field', { brand_new: { deep: 1 } }, {}],
    ['an unknown status', { status: 'brand_new' }, { status: 'brand_new' }],
  ])('%s', (_, given, expected) => {
    const { events, flaws } = parse(withMetadata(given));
    expect(flaws).toEqual([]);
    expect(events[0]).toMatchObject({ about: 'content', metadata: expected });
  });

  it('the number 1 for the domain', () => {
    expect(parseDelivery({ domain_id: 1, events: [] })).toMatchObject({ domainId: '1' });
  });

  it('unknown event types pass', () => {
    const unknown = { ...event, type: 'brand_new.happened', resource: { id: 'x' } };
    const issuedAt = Date.parse(event.issued_at);
    const known = { type: 'brand_new.happened', id: 'e', issuedAt, resourceId: 'x' };
    expect(parse(unknown)).toMatchObject({ events: [{ ...known, about: 'other' }], flaws: [] });
  });
});

describe('what a thread would have to carry', () => {
  function content(more: object) {
    const { events, flaws } = parse(withMetadata(more));
    const [first] = events;
    return { flaws, metadata: first?.about === 'content' ? first.metadata : undefined };
  }

  it('is cut: the body, and the payload of a choice', () => {
    const payload = 'p'.repeat(700_000);
    const body = 'b'.repeat(700_000);
    const { metadata } = content({ body, structured_reply: { payload } });
    expect(metadata?.body).toHaveLength(20_000);
    expect(metadata?.structured_reply?.payload).toHaveLength(4_000);
  });

  it('is never cut within a character of two units', () => {
    const { metadata } = content({ body: `${'b'.repeat(19_999)}😀` });
    expect(metadata?.body).toBe('b'.repeat(19_999));
  });

  it('has at most 200 categories', () => {
    const category_ids = Array.from({ length: 5_000 }, (_, at) => `category-${at}`);
    expect(content({ category_ids }).metadata?.category_ids).toHaveLength(200);
  });

  it.each(['author_id', 'creator_id', 'foreign_id', 'in_reply_to_id', 'intervention_id'])(
    'is refused where an id is too long to be one: %s',
    (field) => {
      const { flaws } = content({ [field]: 'x'.repeat(513) });
      expect(flaws).toEqual([
        expect.objectContaining({ field: `events[0].resource.metadata.${field}` }),
      ]);
    },
  );
});

describe('what is not a delivery', () => {
  it.each([
    ['no events', { domain_id: 'd' }, 'events'],
    ['events that are no list', { domain_id: 'd', events: {} }, 'events'],
    ['no domain', { events: [] }, 'domain_id'],
    ['a list', [], 'body'],
    ['nothing', null, 'body'],
  ])('%s is named', (_, body, field) => {
    const delivery = parseDelivery(body);
    expect(delivery).not.toHaveProperty('events');
    expect(delivery.flaws.map((flaw) => flaw.field)).toContain(field);
  });

  it.each([
    ['without an id', { ...event, id: undefined }, 'events[1].id'],
    ['without a time', { ...event, issued_at: 'yesterday' }, 'events[1].issued_at'],
    ['of no thread', withMetadata({ thread_id: null }), 'events[1].resource.metadata.thread_id'],
    ['that is a string', 'content.imported', 'events[1]'],
  ])('an event %s is named, and harms no other', (_, broken, field) => {
    const { events, flaws } = parse(event, broken, { ...event, id: 'e3' });
    expect(events.map(({ id }) => id)).toEqual(['e', 'e3']);
    expect(flaws.map((flaw) => flaw.field)).toEqual([field]);
  });
});

describe('an event', () => {
  const facts = {
    id: 'e',
    issuedAt: Date.parse(event.issued_at),
    userId: 'ana',
    resourceId: 'r',
  };
  const parsed = (type: string, given: object) =>
    parse({ ...event, type, user_id: 'ana', resource: { type: 'x', id: 'r', metadata: given } });
  const place = { thread_id: 't', source_id: 's' };

  it.each([
    ['intervention.opened', 'intervention', { ...place, user_id: 'u' }],
    ['task.taken', 'task', { ...place, agent_ids: ['u', 'v'] }],
  ])('%s brings who, when, where and whom', (type, about, given) => {
    const read = { events: [{ ...facts, type, about, metadata: given }], flaws: [] };
    expect(parsed(type, given)).toMatchObject(read);
  });

  it.each(['content.imported', 'intervention.opened', 'task.taken'])(
    '%s in an impossible place is no event, and says which field is wrong',
    (type) => {
      const { events, flaws } = parsed(type, { ...place, source_id: { no: 'id' } });
      expect(events).toEqual([]);
      expect(flaws).toMatchObject([{ field: 'events[0].resource.metadata.source_id' }]);
    },
  );

  it('about contents that this version does not know may have any shape', () => {
    const type = 'content.brand_new';
    const { events, flaws } = parsed(type, { ...place, source_id: { no: 'id' } });
    expect([events, flaws]).toEqual([[{ ...facts, type, about: 'other' }], []]);
    expect(parsed(type, place).events).toMatchObject([{ about: 'content', metadata: place }]);
  });

  it.each([
    [512, 0],
    [513, 1],
  ])('with an id of %i characters', (length, wrong) => {
    expect(parsed('task.taken', { ...place, source_id: 's'.repeat(length) }).flaws).toHaveLength(
      wrong,
    );
  });

  it('whose text is none is wrong', () => {
    const { flaws } = parsed('content.imported', { ...place, body: 7 });
    expect(flaws).toMatchObject([{ field: 'events[0].resource.metadata.body' }]);
  });
});
