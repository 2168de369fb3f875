/** Contents: what is imported, what is exported, what never comes back as an echo. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categories, identities, sources, users } from '../../simulator/seed.js';
import { metadata, openSimulator, records, type OpenSimulator } from './setup.js';
import { eventually } from '../harness/eventually.js';

let simulator: OpenSimulator;
beforeAll(async () => {
  simulator = await openSimulator();
});
afterAll(() => simulator.stop());

const reply = (to: string, more: object = {}) =>
  simulator.call('POST', '/contents', { json: { in_reply_to_id: to, body: 'Hello!', ...more } });

describe('a customer’s content', () => {
  it('is imported into a new thread with the source’s default categories', async () => {
    const cast = await simulator.says('Where is my parcel?', 'imported');
    const event = simulator.receiver.events.find(({ id }) => id === cast.event_id)!;
    expect(event).toMatchObject({
      type: 'content.imported',
      resource: { type: 'chat/message', id: cast.content_id },
    });
    expect(event).not.toHaveProperty('user_id');
    expect(event.issued_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(metadata(event)).toMatchObject({
      ...{ body: 'Where is my parcel?', creator_id: null, private: true, status: 'new' },
      ...{ category_ids: [categories.bot], first_in_thread: true, intervention_id: null },
      ...{ thread_id: cast.thread_id, source_id: sources.chat },
      date: event.issued_at.slice(0, 10),
    });
  });

  it('is null when it is only an attachment, which is found by reading it', async () => {
    const said = { source: 'chat', identity: 'attached', attachment: true };
    const { answer } = await simulator.callControl('POST', '/cast/customer', said);
    const id = String(answer['content_id']);
    const shown = (await simulator.call('GET', `/contents/${id}`)).answer;
    expect(shown).toMatchObject({ body: null, attachments_count: 1 });
    expect(shown['attachments']).toHaveLength(1);
  });

  it('joins the last thread within the inclusion time, and starts a new one after it', async () => {
    const first = await simulator.says('one', 'joiner');
    await simulator.control.advance('23h');
    const second = await simulator.says('two', 'joiner');
    expect(second.thread_id).toBe(first.thread_id);
    await simulator.control.advance('25h');
    const third = await simulator.says('three', 'joiner');
    expect(third.thread_id).not.toBe(first.thread_id);
  });

  it('never joins another source’s thread or another customer’s', async () => {
    const one = await simulator.says('one', 'somebody');
    const elsewhere = await simulator.says('two', 'somebody', 'messages');
    const other = await simulator.says('three', 'somebody else');
    expect(new Set([one, elsewhere, other].map((cast) => cast.thread_id)).size).toBe(3);
  });
});

describe('a reply of the API', () => {
  it('is replied, then exported with its result, and never imported', async () => {
    const { content_id: to, thread_id } = await simulator.says('hello', 'echo');
    const { answer, status } = await reply(to, { private: true });
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      ...{ thread_id, in_reply_to_id: to, synchronization_status: 'export_pending' },
      ...{ creator_id: users.bot, author_id: identities.brand, status: 'user_reply' },
      private_message: true,
    });
    const own = () =>
      simulator.receiver.events.filter(({ resource }) => resource.id === answer['id']);
    await eventually(() => own().length).toBe(2);
    expect(own().map(({ type }) => type)).toEqual(['content.replied', 'content.exported']);
    expect(own().map(({ user_id }) => user_id)).toEqual([users.bot, users.bot]);
    expect(metadata(own()[0]!)).not.toHaveProperty('synchronization_status');
    expect(metadata(own()[1]!)['synchronization_status']).toBe('success');
    // The next content has come: an echo would have come before it.
    await simulator.says('thanks', 'echo');
    expect(own()).toHaveLength(2);
  });

  it('opens no intervention, and counts as a content of the thread', async () => {
    const { content_id: to, thread_id } = await simulator.says('hello', 'counted');
    await reply(to);
    const thread = (await simulator.call('GET', `/content_threads/${thread_id}`)).answer;
    expect(thread).toMatchObject({ contents_count: 2, interventions_count: 0 });
    const list = await simulator.call('GET', `/interventions?thread_id=${thread_id}`);
    expect(list.answer['count']).toBe(0);
  });

  it('may fail to be exported, which only the event and a later read report', async () => {
    const { content_id: to } = await simulator.says('hello', 'refused');
    await simulator.control.faults({ 'export-failure': { rate: 1, times: 1 } });
    const { answer, status } = await reply(to);
    expect(status).toBe(200);
    const read = () => simulator.call('GET', `/contents/${String(answer['id'])}`);
    await eventually(async () => (await read()).answer['synchronization_status']).toBe(
      'export_failure',
    );
    await simulator.control.faults({});
  });

  it.each([
    ['an unknown content', () => '000000000000000000000000', {}, 404, 'not_found'],
    ['a blank body', (to: string) => to, { body: ' ' }, 422, 'validation_error'],
    ['a recipient', (to: string) => to, { to: '+33123' }, 422, 'validation_error'],
    [
      'an unknown structure',
      (to: string) => to,
      { structured_content: { type: 'x' } },
      422,
      'validation_error',
    ],
  ])('is refused with %s', async (_, to, more, status, error) => {
    const { content_id } = await simulator.says('hello', 'refusals');
    const answer = await reply(to(content_id), more);
    expect(answer).toMatchObject({ status, answer: { error, status } });
  });

  it('is refused in another’s name', async () => {
    const { content_id } = await simulator.says('hello', 'impersonated');
    const [customer] = records(await simulator.call('GET', '/identities?foreign_id=impersonated'));
    const { status } = await reply(content_id, { author_id: customer!['id'] });
    expect(status).toBe(422);
  });

  it('may be structured, without a body where the type has its own text', async () => {
    const { content_id: to } = await simulator.says('hello', 'structured');
    const structured_content = { type: 'rich_link', title: 'Parcel', url: 'https://example.com' };
    const json = { in_reply_to_id: to, structured_content };
    const { status, answer } = await simulator.call('POST', '/contents', { json });
    expect(status).toBe(200);
    expect(answer['structured_content']).toEqual(structured_content);
  });
});

describe('what others write', () => {
  it('in the inbox has a creator; in the channel’s own app it has none and is imported', async () => {
    const { thread_id: thread } = await simulator.says('hello', 'native');
    await simulator.control.agent({
      thread,
      agent: 'agent-1',
      do: 'reply',
      body: 'n',
      native: true,
    });
    const { contents } = await simulator.control.record(thread);
    expect(contents.at(-1)?.by).toMatch(/^native:/);
    const event = await found(contents.at(-1)!.id);
    expect(event.type).toBe('content.imported');
    expect(metadata(event)).toMatchObject({
      ...{ creator_id: null, status: 'user_reply', author_id: identities.brand },
      first_in_thread: false,
    });
  });

  it('automatically is imported too, in the name of nobody’s identity', async () => {
    const { thread_id: thread } = await simulator.says('hello', 'welcomed');
    const welcome = {
      source: 'chat',
      identity: 'welcomed',
      body: 'Welcome',
      welcome: true,
      thread,
    };
    const { answer } = await simulator.callControl('POST', '/cast/customer', welcome);
    const event = await found(String(answer['content_id']));
    expect(event.type).toBe('content.imported');
    expect(metadata(event)['author_id']).toBe(identities.welcome);
  });

  it('first, in the inbox, starts a discussion', async () => {
    const act = { agent: 'agent-2', do: 'initiate', source: 'messages', identity: 'x', body: 'Hi' };
    const { answer } = await simulator.callControl('POST', '/cast/agent', act);
    const event = await found(String(answer['content_id']));
    expect(event).toMatchObject({
      type: 'content.discussion_initiated',
      user_id: users['agent-2'],
    });
    expect(metadata(event)).toMatchObject({ status: 'user_initiated', first_in_thread: true });
  });
});

describe('looking for contents', () => {
  it('finds a thread’s, newest first unless asked otherwise', async () => {
    const { thread_id, content_id } = await simulator.says('Blue parcel', 'searched');
    const { answer } = await reply(content_id);
    const search = async (q: string) =>
      records(await simulator.call('GET', `/contents?q=${encodeURIComponent(q)}`)).map(
        ({ id }) => id,
      );
    const newestFirst = [answer['id'], content_id];
    expect(await search(`thread:"${thread_id}"`)).toEqual(newestFirst);
    const oldestFirst = `thread:"${thread_id}" order:created_at.asc`;
    expect(await search(oldestFirst)).toEqual([...newestFirst].reverse());
    expect(await search(`thread:${thread_id} text:PARCEL`)).toEqual([content_id]);
    expect(await search(`thread:${thread_id} status_in:user_reply`)).toEqual([answer['id']]);
  });

  it('refuses a keyword it does not know', async () => {
    const { status, answer } = await simulator.call('GET', '/contents?q=threat:x');
    expect(status).toBe(400);
    expect(answer['message']).toContain('threat');
  });
});

async function found(contentId: string) {
  const find = () => simulator.receiver.events.find(({ resource }) => resource.id === contentId);
  await eventually(find).toBeDefined();
  return find()!;
}
