/** Threads: their categories, their lock, and what the administrator does to them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categories, sources } from '../../simulator/seed.js';
import { metadata, openSimulator, type OpenSimulator } from './setup.js';
import { eventually } from '../harness/eventually.js';

let simulator: OpenSimulator;
beforeAll(async () => {
  // What the platform works on is done when a test says so.
  simulator = await openSimulator({ isClockStanding: true });
});
afterAll(() => simulator.stop());

const { bot, agent, billing } = categories;
const recategorise = (thread: string, ...ids: readonly string[]) =>
  simulator.call('PUT', `/content_threads/${thread}/update_categories`, {
    form: ids.map((id) => ['thread_category_ids[]', id] as const),
  });
const read = async (thread: string) =>
  (await simulator.call('GET', `/content_threads/${thread}`)).answer;

describe('a thread’s categories', () => {
  it('are replaced as a whole', async () => {
    const { thread_id } = await simulator.says('hello', 'replaced');
    const { status, answer } = await recategorise(thread_id, agent, billing);
    expect({ status, ids: answer['thread_category_ids'] }).toEqual({
      status: 200,
      ids: [agent, billing],
    });
    const { categories: sets } = await simulator.control.record(thread_id);
    expect(sets.map(({ ids }) => ids)).toEqual([[bot], [agent, billing]]);
  });

  it('cannot be replaced while that is being done: 409 until the job is over', async () => {
    const { thread_id } = await simulator.says('hello', 'busy');
    expect((await recategorise(thread_id, agent)).status).toBe(200);
    expect(await recategorise(thread_id, bot)).toMatchObject({
      status: 409,
      answer: { status: 409 },
    });
    expect((await read(thread_id))['thread_category_ids']).toEqual([agent]);
    await simulator.control.advance('1s');
    expect((await recategorise(thread_id, bot)).status).toBe(200);
  });

  it('must exist', async () => {
    const { thread_id } = await simulator.says('hello', 'unknown category');
    expect((await recategorise(thread_id, 'ffffffffffffffffffffffff')).status).toBe(404);
  });

  it('are those of the next content’s event; the change itself sends no event', async () => {
    const { thread_id } = await simulator.says('hello', 'silent change');
    await recategorise(thread_id, billing);
    const { event_id } = await simulator.says('again', 'silent change');
    const event = simulator.receiver.events.find(({ id }) => id === event_id)!;
    expect(metadata(event)['category_ids']).toEqual([billing]);
    expect(simulator.receiver.types().filter((type) => type.startsWith('content_thread'))).toEqual(
      [],
    );
  });
});

describe('a thread’s lock', () => {
  const reply = (to: string) =>
    simulator.call('POST', '/contents', { json: { in_reply_to_id: to, body: 'Hello!' } });

  it('is set by a job: the answer still shows the state before', async () => {
    const { thread_id, content_id } = await simulator.says('hello', 'locked');
    const { answer } = await simulator.call('PUT', `/content_threads/${thread_id}/close`);
    expect(answer['closed']).toBe(false);
    await simulator.control.advance('1s');
    const event = await simulator.receiver.until('content.thread_closed');
    expect(metadata(event)['thread_id']).toBe(thread_id);
    expect((await read(thread_id))['closed']).toBe(true);
    expect(await reply(content_id)).toMatchObject({
      status: 403,
      answer: { error: 'cant_reply_to_closed_thread' },
    });
    expect((await simulator.call('PUT', `/content_threads/${thread_id}/close`)).status).toBe(403);

    const next = await simulator.says('hello again', 'locked');
    expect(next.thread_id).not.toBe(thread_id);

    await simulator.call('GET', `/content_threads/${thread_id}/open`);
    await simulator.control.advance('1s');
    await simulator.receiver.until('content.thread_opened');
    expect((await reply(content_id)).status).toBe(200);
  });

  it('is set by itself after four days of silence, and not before', async () => {
    const { thread_id } = await simulator.says('hello', 'forgotten');
    await simulator.control.advance('20h');
    await simulator.says('still here', 'forgotten');
    await simulator.control.advance('95h');
    expect((await read(thread_id))['closed']).toBe(false);
    await simulator.control.advance('2h');
    expect((await read(thread_id))['closed']).toBe(true);
    const isOurs = () =>
      simulator.receiver.events.some(
        (e) => e.type === 'content.thread_auto_closed' && metadata(e)['thread_id'] === thread_id,
      );
    await eventually(isOurs).toBe(true);
  });

  it('of the input box is set once', async () => {
    const { thread_id } = await simulator.says('hello', 'input');
    const path = `/content_threads/${thread_id}/disable_text_input`;
    expect(await simulator.call('PUT', path)).toMatchObject({
      status: 200,
      answer: { disable_text_input: true },
    });
    expect((await simulator.call('PUT', path)).status).toBe(403);
  });
});

describe('the administrator', () => {
  it('moves all bot threads by the emergency rule, and new ones start with the agents', async () => {
    const before = await simulator.says('hello', 'before the emergency');
    const kept = await simulator.says('hello', 'kept');
    await recategorise(kept.thread_id, billing);
    await simulator.control.rule({ name: 'emergency', on: true });
    expect((await read(before.thread_id))['thread_category_ids']).toEqual([agent]);
    expect((await read(kept.thread_id))['thread_category_ids']).toEqual([billing]);
    const during = await simulator.says('hello', 'during the emergency');
    expect((await read(during.thread_id))['thread_category_ids']).toEqual([agent]);
    await simulator.control.rule({ name: 'emergency', on: false });
    const after = await simulator.says('hello', 'after the emergency');
    expect((await read(after.thread_id))['thread_category_ids']).toEqual([bot]);
  });

  it('acts on every content that is imported while it is on, before the content’s event', async () => {
    await simulator.control.rule({ name: 'emergency', on: true });
    const { thread_id } = await simulator.says('hello', 'under the rule');
    await simulator.control.advance('1s');
    await recategorise(thread_id, bot, billing);
    expect((await read(thread_id))['thread_category_ids']).toEqual([bot, billing]);
    const { event_id } = await simulator.says('still there?', 'under the rule');
    const event = simulator.receiver.events.find(({ id }) => id === event_id)!;
    expect(metadata(event)['category_ids']).toEqual([billing, agent]);
    expect((await read(thread_id))['thread_category_ids']).toEqual([billing, agent]);
    await simulator.control.rule({ name: 'emergency', on: false });
    await simulator.control.advance('1s');
    await recategorise(thread_id, bot);
    await simulator.says('and now?', 'under the rule');
    expect((await read(thread_id))['thread_category_ids']).toEqual([bot]);
  });

  it('changes the default categories of a source, by the control endpoint or through the API', async () => {
    const rule = { name: 'default-categories', source: 'messages', category_ids: ['billing'] };
    await simulator.callControl('POST', '/cast/rule', rule);
    const one = await simulator.says('hello', 'born billed', 'messages');
    expect((await read(one.thread_id))['thread_category_ids']).toEqual([billing]);
    await simulator.call('PUT', `/content_sources/${sources.messages}`, {
      form: [
        ['default_category_ids[]', bot],
        ['time_for_thread_inclusion', '60'],
      ],
    });
    await simulator.control.advance('2m');
    const two = await simulator.says('hello', 'born billed', 'messages');
    expect(two.thread_id).not.toBe(one.thread_id);
    expect((await read(two.thread_id))['thread_category_ids']).toEqual([bot]);
  });
});
