/** Faults: what goes wrong, as often, where and how a test says, and the same way again. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { metadata, openSimulator, token, type OpenSimulator } from './setup.js';
import { eventually } from '../harness/eventually.js';

let simulator: OpenSimulator;
let customers = 0;
beforeAll(async () => {
  // What is late comes when a test says so.
  simulator = await openSimulator({ isClockStanding: true });
  await simulator.says('the webhook is open');
});
afterEach(() => simulator.control.faults({}));
afterAll(() => simulator.stop());

const someone = () => {
  customers += 1;
  return `customer-${customers}`;
};
const write = (identity = someone(), body = 'hello') =>
  simulator.control.customer({ source: 'chat', identity, body });
const post = (to: string) =>
  simulator.call('POST', '/contents', { json: { in_reply_to_id: to, body: 'Hello!' } });
/** The answer as it is on the wire. */
const raw = async (to: string) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ in_reply_to_id: to, body: 'Hello!' });
  const response = await fetch(`${simulator.url}/1.0/contents`, { method: 'POST', headers, body });
  const type = response.headers.get('content-type');
  return { status: response.status, type, body: await response.text() };
};
const deliveredOf = (id: string) =>
  simulator.receiver.deliveries.filter(({ events }) => events.some((event) => event.id === id));
const replies = async (thread: string) =>
  (await simulator.control.record(thread)).contents.filter(({ by }) => by.startsWith('bot:'));

describe('deliveries', () => {
  it('are doubled: the same event in a request of its own', async () => {
    await simulator.control.faults({ duplicate: 1 });
    const { event_id } = await write();
    await simulator.control.advance('2s');
    await eventually(() => deliveredOf(event_id)).toHaveLength(2);
    expect(new Set(deliveredOf(event_id).map(({ id }) => id)).size).toBe(2);
  });

  it('come in another order', async () => {
    await simulator.control.faults({ reorder: { rate: 1, ms: 5_000 }, seed: 7 });
    const identity = someone();
    const casts = [];
    for (let n = 0; n < 8; n += 1) casts.push(await write(identity, String(n)));
    const ids = casts.map(({ event_id }) => event_id);
    await simulator.control.advance('6s');
    const seen = () =>
      simulator.receiver.events.map(({ id }) => id).filter((id) => ids.includes(id));
    await eventually(seen).toHaveLength(8);
    expect(seen()).not.toEqual(ids);
    expect([...seen()].sort()).toEqual([...ids].sort());
  });

  it('are never sent, which only the journal records', async () => {
    await simulator.control.faults({ drop: 1 });
    const { event_id, content_id } = await write();
    await simulator.control.faults({});
    await simulator.says('later');
    expect(deliveredOf(event_id)).toEqual([]);
    const journal = await simulator.call('GET', `/events?q=content:${content_id}`);
    expect(journal.answer['count']).toBe(1);
  });

  it('carry several events in one request', async () => {
    await simulator.control.faults({ batch: 3 });
    const identity = someone();
    const { event_id } = await write(identity);
    await eventually(() => deliveredOf(event_id)).toHaveLength(1);
    // What came of one content: imported, task created, task undelivered.
    expect(deliveredOf(event_id)[0]!.events).toHaveLength(3);
  });

  it('are late', async () => {
    await simulator.control.faults({ delay: { rate: 1, ms: 60_000 } });
    const { event_id } = await write();
    await simulator.control.faults({});
    await simulator.says('on time');
    expect(deliveredOf(event_id)).toEqual([]);
    await simulator.control.advance('61s');
    await eventually(() => deliveredOf(event_id)).toHaveLength(1);
  });

  it('have the platform’s known quirks', async () => {
    await simulator.control.faults({ quirks: 1 });
    const { event_id } = await write();
    await eventually(() => deliveredOf(event_id)).toHaveLength(1);
    const [event] = deliveredOf(event_id)[0]!.events;
    expect(metadata(event!)).toMatchObject({ first_in_thread: 'true', foreign_categories: null });
  });
});

describe('calls', () => {
  it('are done although the answer is cut', async () => {
    const { content_id, thread_id } = await write();
    await simulator.control.faults({ 'lost-answer': { on: 'POST /contents', times: 1 } });
    await expect(post(content_id)).rejects.toThrow();
    expect(await replies(thread_id)).toHaveLength(1);
    expect((await post(content_id)).status).toBe(200);
    const { requests } = await simulator.control.record(thread_id);
    expect(requests.map(({ status }) => status)).toEqual([null, 200]);
  });

  it('are done although the answer never comes', async () => {
    const { content_id, thread_id } = await write();
    await simulator.control.faults({ hang: { on: 'POST /contents', times: 1 } });
    const body = JSON.stringify({ in_reply_to_id: content_id, body: 'Hello!' });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const giveUp = new AbortController();
    const asked = fetch(`${simulator.url}/1.0/contents`, {
      ...{ method: 'POST', body, headers, signal: giveUp.signal },
    });
    await eventually(() => replies(thread_id)).toHaveLength(1);
    giveUp.abort();
    await expect(asked).rejects.toThrow();
  });

  it('are done although the answer’s body is cut in half', async () => {
    const { content_id, thread_id } = await write();
    await simulator.control.faults({ truncated: { on: 'POST /contents', times: 1 } });
    const { status, body } = await raw(content_id);
    expect([status, body.startsWith('{')]).toEqual([200, true]);
    expect(() => JSON.parse(body) as unknown).toThrow();
    expect(await replies(thread_id)).toHaveLength(1);
  });

  it('are answered by a maintenance page, with 200 and without effect', async () => {
    const { content_id, thread_id } = await write();
    await simulator.control.faults({ html: 1 });
    const answer = await raw(content_id);
    expect(answer.status).toBe(200);
    expect(answer.type).toContain('text/html');
    expect(answer.body).toContain('<html>');
    await simulator.control.faults({});
    expect(await replies(thread_id)).toHaveLength(0);
  });

  it.each([
    ['401', 401],
    ['403', 403],
    ['404', 404],
    ['409', 409],
    ['422', 422],
    ['429', 429],
    ['5xx', 503],
  ])('are refused without effect: %s', async (name, status) => {
    const { content_id, thread_id } = await write();
    await simulator.control.faults({ [name]: 1 });
    expect(await post(content_id)).toMatchObject({ status, answer: { status } });
    expect(await replies(thread_id)).toHaveLength(0);
    await simulator.control.faults({});
    const { requests } = await simulator.control.record(thread_id);
    expect(requests.map((one) => one.status)).toEqual([status]);
  });

  it('are struck only where and as often as was said', async () => {
    const { thread_id } = await write();
    const on = 'PUT /content_threads/*/update_categories';
    await simulator.control.faults({ '409': { on, times: 2 } });
    expect((await simulator.call('GET', `/content_threads/${thread_id}`)).status).toBe(200);
    const statuses = [];
    for (let n = 0; n < 3; n += 1) {
      const path = `/content_threads/${thread_id}/update_categories`;
      statuses.push((await simulator.call('PUT', path)).status);
    }
    expect(statuses).toEqual([409, 409, 200]);
  });

  it('strike the same ones again with the same seed', async () => {
    const run = async (seed: number) => {
      await simulator.control.faults({ '5xx': 0.5, seed });
      const statuses = [];
      for (let n = 0; n < 20; n += 1) statuses.push((await simulator.call('GET', '/teams')).status);
      return statuses;
    };
    const first = await run(1);
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });
});

describe('an outage', () => {
  it('cuts every call and holds every delivery until it is over', async () => {
    await simulator.control.faults({ outage: true });
    const { event_id, content_id } = await write();
    await expect(post(content_id)).rejects.toThrow();
    expect(deliveredOf(event_id)).toEqual([]);
    await simulator.control.faults({});
    await eventually(() => deliveredOf(event_id)).toHaveLength(1);
    expect((await post(content_id)).status).toBe(200);
  });
});

describe('the control endpoint', () => {
  it.each([
    [{ duplicat: 1 }, 'duplicat'],
    [{ duplicate: 2 }, 'duplicate'],
    [{ '409': { rate: 1, on: 'contents' } }, '409'],
    [{ batch: 1 }, 'batch'],
  ])('refuses %j, naming the fault', async (faults, named) => {
    const { status, answer } = await simulator.callControl('PUT', '/faults', faults);
    expect(status).toBe(422);
    expect(JSON.stringify(answer)).toContain(named);
  });

  it('shows what is set', async () => {
    await simulator.control.faults({ duplicate: 0.2 });
    expect((await simulator.callControl('GET', '/faults')).answer).toEqual({ duplicate: 0.2 });
  });
});
