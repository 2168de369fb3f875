/** The control endpoints: what they answer, also to invalid calls. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSimulator, type OpenSimulator } from './setup.js';

let simulator: OpenSimulator;
beforeAll(async () => {
  simulator = await openSimulator();
});
afterAll(() => simulator.stop());

describe('a wrong request', () => {
  const customer = { source: 'chat', identity: 'ana', body: 'hello' };
  it.each([
    ['POST', '/cast/customer', { ...customer, source: 'fax' }, 404, 'source'],
    ['POST', '/cast/customer', { ...customer, thread: 'nothing' }, 404, 'thread'],
    ['POST', '/cast/customer', { ...customer, body: '' }, 422, 'body'],
    ['POST', '/cast/customer', { ...customer, identity: 1 }, 422, 'identity'],
    ['POST', '/cast/customer', { ...customer, boddy: 'x' }, 422, 'boddy'],
    ['POST', '/cast/agent', { agent: 'agent-1', do: 'close' }, 422, 'thread'],
    ['POST', '/cast/agent', { thread: 'x', agent: 'agent-9', do: 'close' }, 404, 'agent'],
    ['POST', '/cast/agent', { thread: 'x', agent: 'agent-1', do: 'dance' }, 422, 'do'],
    ['POST', '/cast/agent', { thread: 'x', do: 'reply', accepted: 'no' }, 422, 'accepted'],
    ['POST', '/cast/customer', { ...customer, spam: 'yes' }, 422, 'spam'],
    ['POST', '/cast/thread', { thread: 'x', do: 'merge' }, 422, 'into'],
    ['POST', '/cast/thread', { thread: 'x', do: 'merge', into: 'y' }, 404, 'into'],
    ['POST', '/cast/thread', { thread: 'x', do: 'split', into: 'y' }, 422, 'do'],
    ['PUT', '/token', { token: '' }, 422, 'token'],
    ['PUT', '/token', { token: 'next', refusal: 404 }, 422, 'refusal'],
    ['POST', '/cast/rule', { name: 'emergency' }, 422, 'on'],
    [
      'POST',
      '/cast/rule',
      { name: 'default-categories', category_ids: ['x'] },
      404,
      'category_ids',
    ],
    ['PUT', '/agents', { 'agent-1': { status: 'asleep' } }, 422, 'agent-1.status'],
    ['PUT', '/agents', { 'agent-1': { channel: 'fax', status: 'away' } }, 404, 'channel'],
    ['PUT', '/agents', { bot: { status: 'away' } }, 404, 'agent'],
    ['POST', '/clock', { advance: 'soon' }, 422, 'advance'],
    ['POST', '/clock', { advance: -1 }, 422, 'advance'],
    ['GET', '/record?thread=nothing', undefined, 404, 'thread'],
  ])(
    'is rejected with the name of the field: %s %s %j',
    async (method, path, body, status, field) => {
      const refused = await simulator.callControl(method, path, body);
      expect(refused).toMatchObject({ status, answer: { field } });
      expect(refused.answer['message']).toContain(field);
    },
  );

  it('is rejected if it is not JSON', async () => {
    const init = { method: 'POST', body: 'hello' };
    const response = await fetch(`${simulator.url}/cast/customer`, init);
    expect(response.status).toBe(400);
  });

  it('of an agent that cannot act says why', async () => {
    const { thread_id: thread } = await simulator.says('hello', 'untouched');
    const act = { thread, agent: 'agent-1', do: 'close' };
    expect((await simulator.callControl('POST', '/cast/agent', act)).status).toBe(422);
    const silent = { thread, agent: 'agent-1', do: 'reply' };
    const refused = await simulator.callControl('POST', '/cast/agent', silent);
    expect(refused).toMatchObject({ status: 422, answer: { field: 'body' } });
  });
});

describe('the record of a thread', () => {
  it('has exactly what was said, decided, delivered and asked, oldest first', async () => {
    const { thread_id: thread, content_id } = await simulator.says('hello', 'recorded');
    await simulator.says('elsewhere', 'somebody else');
    const json = { in_reply_to_id: content_id, body: 'Welcome!', private: true };
    await simulator.call('POST', '/contents', { json });
    await simulator.control.agent({ thread, agent: 'agent-1', do: 'reply', body: 'Hi' });
    const { answer } = await simulator.callControl('GET', `/record?thread=${thread}`);
    const record = answer as Record<string, readonly Record<string, unknown>[]>;
    expect(
      record['contents']!.map((one) => [String(one['by']).split(':')[0], one['body']]),
    ).toEqual([
      ['customer', 'hello'],
      ['bot', 'Welcome!'],
      ['agent', 'Hi'],
    ]);
    const keys = (name: string) => Object.keys(record[name]![0]!).sort();
    expect(keys('contents')).toEqual(['at', 'body', 'by', 'id', 'in_reply_to_id', 'private']);
    expect(keys('categories')).toEqual(['at', 'ids']);
    expect(keys('deliveries')).toEqual(['at', 'attempt', 'events', 'status']);
    expect(keys('requests')).toEqual(['at', 'method', 'path', 'status']);
    expect(record['requests']!.map(({ path }) => path)).toEqual(['/1.0/contents']);
    expect(record['interventions']).toHaveLength(1);
    const [delivery] = record['deliveries']!;
    expect(Object.keys((delivery!['events'] as object[])[0]!).sort()).toEqual(['id', 'type']);
  });
});

describe('the clock', () => {
  it('moves, and says the time', async () => {
    const now = async () =>
      Date.parse(String((await simulator.callControl('GET', '/clock')).answer['now']));
    const before = await now();
    const { answer } = await simulator.callControl('POST', '/clock', { advance: '25h' });
    expect(Date.parse(String(answer['now'])) - before).toBeGreaterThanOrEqual(25 * 3_600_000);
    await simulator.callControl('POST', '/clock', { advance: 1_000 });
    expect(await now()).toBeGreaterThanOrEqual(before + 25 * 3_600_000 + 1_000);
  });
});

it('greets who looks, and says it is well', async () => {
  expect(await (await fetch(simulator.url)).text()).toContain('/cast/customer');
  expect((await simulator.callControl('GET', '/healthz')).status).toBe(200);
});

it('refuses contents of the brand’s identity', async () => {
  const { thread_id } = await simulator.says('hello', 'brand');
  const { contents } = await simulator.control.record(thread_id);
  expect(contents[0]?.by).toBe('customer:brand');
});
