/** Webhooks: validated, delivered at least once, retried by the table, suspended and restored. */
import { afterEach, describe, expect, it } from 'vitest';
import { domainId, webhookId } from '../../simulator/seed.js';
import {
  openSimulator,
  secret,
  startReceiver,
  token,
  verifyToken,
  type OpenSimulator,
} from './setup.js';
import { eventually } from '../harness/eventually.js';

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

async function stageOf(...args: Parameters<typeof openSimulator>): Promise<OpenSimulator> {
  const simulator = await openSimulator(...args);
  open.push(simulator);
  return simulator;
}

const says = (simulator: OpenSimulator, body = 'hello') =>
  simulator.control.customer({ source: 'chat', identity: 'ana', body });
const status = async (simulator: OpenSimulator, id: string = webhookId) =>
  (await simulator.call('GET', `/webhooks/${id}`)).answer['webhook_status'];
const journal = async (simulator: OpenSimulator, name: string) =>
  (await simulator.call('GET', `/events?q=name_in:"${name}"`)).answer['count'];

describe('the handshake', () => {
  it('asks with the challenge, the verify token and the secret', async () => {
    const simulator = await stageOf();
    await eventually(() => status(simulator)).toBe('enabled');
    const [validation] = simulator.receiver.validations;
    const query = new URL(validation!.url, 'http://x').searchParams;
    expect(query.get('hub.mode')).toBe('subscribe');
    expect(query.get('hub.verify_token')).toBe(verifyToken);
    expect(query.get('hub.challenge')).toMatch(/^\w+$/);
    expect(validation!.headers['x-dimelo-secret']).toBe(secret);
  });

  it('at start is repeated until the endpoint is there; what happened meanwhile comes then', async () => {
    const receiver = await startReceiver();
    receiver.agree = () => 'not yet';
    const simulator = await stageOf({}, receiver);
    open.push({ stop: () => receiver.close() });
    const { event_id } = await says(simulator);
    await eventually(() => receiver.validations.length).toBeGreaterThan(0);
    expect(receiver.deliveries).toEqual([]);
    receiver.agree = (challenge) => challenge;
    expect((await receiver.until('content.imported')).id).toBe(event_id);
  });

  it('of a webhook saved through the API disables it when the answer is not the challenge', async () => {
    const simulator = await stageOf();
    const other = await startReceiver();
    open.push({ stop: () => other.close() });
    other.agree = (challenge) => `"${challenge}"`;
    const form = [
      ['url', other.url],
      ['registered_events[]', 'content.imported'],
    ] as const;
    const { answer } = await simulator.call('POST', '/webhooks', { form });
    const id = String(answer['id']);
    expect(answer).not.toHaveProperty('secret');
    await eventually(() => status(simulator, id)).toBe('disabled');
    expect(await journal(simulator, 'webhook.disabled')).toBe(1);

    other.agree = (challenge) => challenge;
    await simulator.call('PUT', `/webhooks/${id}`, { form: [['active', 'true']] });
    await eventually(() => status(simulator, id)).toBe('enabled');
    await says(simulator);
    await other.until('content.imported');
    expect(new Set(other.types())).toEqual(new Set(['content.imported']));

    await simulator.call('DELETE', `/webhooks/${id}`);
    expect((await simulator.call('GET', `/webhooks/${id}`)).status).toBe(404);
  });

  it.each([
    ['no event', [['url', 'http://127.0.0.1:1/']], 'registered_events'],
    ['an unknown event', [['registered_events[]', 'content.exploded']], 'content.exploded'],
    ['no url', [['registered_events[]', 'content.imported']], 'url'],
  ] as const)('is not even begun with %s', async (what, form, named) => {
    const simulator = await stageOf();
    const url = what === 'an unknown event' ? [['url', 'http://127.0.0.1:1/'] as const] : [];
    const { status: code, answer } = await simulator.call('POST', '/webhooks', {
      form: [...url, ...form],
    });
    expect(code).toBe(422);
    expect(answer['message']).toContain(named);
  });
});

describe('a delivery', () => {
  it('carries its id, the account and the events, with the secret and as JSON', async () => {
    const simulator = await stageOf();
    await simulator.says('hello');
    const post = simulator.receiver.asked.find(({ method }) => method === 'POST')!;
    expect(post.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-dimelo-secret': secret,
    });
    expect(JSON.parse(post.body)).toMatchObject({ domain_id: domainId, events: [{}] });
  });

  it('keeps the order of a thread', async () => {
    const simulator = await stageOf();
    for (let n = 0; n < 10; n += 1) await says(simulator, String(n));
    await simulator.receiver.until('content.imported', 10);
    const times = simulator.receiver.events.map(({ issued_at: at }) => at);
    expect(times).toEqual([...times].sort());
    expect(new Set(times).size).toBe(times.length);
  });

  /** How often it was sent and answered, well or badly: by the simulator, for which only then time may pass. */
  const attempts = async (simulator: OpenSimulator, eventId: string) => {
    const { deliveries } = await simulator.control.record();
    return deliveries.filter(({ events }) => events[0]?.id === eventId);
  };

  it('is repeated by the table until 200, with the same ids, and given up after the fifth', async () => {
    const simulator = await stageOf({ isClockStanding: true });
    await eventually(() => status(simulator)).toBe('enabled');
    simulator.receiver.status = 204;
    const { event_id } = await says(simulator);
    const tries = () =>
      simulator.receiver.deliveries.filter(({ events }) => events[0]?.id === event_id);
    await eventually(() => attempts(simulator, event_id)).toHaveLength(1);
    for (const [delay, count] of [
      ['31s', 1],
      ['2s', 2],
      ['4m', 3],
      ['17m', 4],
      ['52m', 5],
      ['2h', 6],
      ['24h', 6],
    ] as const) {
      await simulator.control.advance(delay);
      expect(tries()).toHaveLength(count);
    }
    expect(new Set(tries().map(({ id }) => id)).size).toBe(1);
    const statuses = (await attempts(simulator, event_id)).map(({ status }) => status);
    expect(statuses).toEqual(Array.from({ length: 6 }, () => 204));
  });

  it('goes through all its retries in one move of the clock', async () => {
    const simulator = await stageOf();
    await eventually(() => status(simulator)).toBe('enabled');
    simulator.receiver.status = 500;
    const { event_id } = await says(simulator);
    await eventually(() => attempts(simulator, event_id)).toHaveLength(1);
    await simulator.control.advance('4h');
    const imported = simulator.receiver.types().filter((type) => type === 'content.imported');
    expect(imported).toHaveLength(6);
  });

  it('comes sooner on a smaller time scale', async () => {
    const simulator = await stageOf({ timeScale: 10_000 });
    await eventually(() => status(simulator)).toBe('enabled');
    simulator.receiver.status = 500;
    await says(simulator);
    await simulator.receiver.until('content.imported', 6);
  });
});

describe('suspension', () => {
  const says12Times = async (simulator: OpenSimulator) => {
    for (let n = 0; n < 12; n += 1) {
      await simulator.control.customer({
        source: 'chat',
        identity: `customer-${n}`,
        body: 'hello',
      });
    }
  };

  it('follows on too many errors, loses what happens meanwhile, and ends with a good trial', async () => {
    const simulator = await stageOf();
    await eventually(() => status(simulator)).toBe('enabled');
    simulator.receiver.status = 500;
    await says12Times(simulator);
    await eventually(() => status(simulator)).toBe('suspended');
    expect(await journal(simulator, 'webhook.suspended')).toBe(1);

    const lost = await simulator.control.customer({
      source: 'chat',
      identity: 'lost',
      body: 'hello',
    });
    const entries = await simulator.call('GET', `/events?q=content:${lost.content_id}`);
    expect(entries.answer['count']).toBe(1);

    simulator.receiver.agree = () => 'no';
    await simulator.control.advance('61s');
    expect(await status(simulator)).toBe('suspended');
    simulator.receiver.agree = (challenge) => challenge;
    simulator.receiver.status = 200;
    await simulator.control.advance('61s');
    expect(await status(simulator)).toBe('enabled');
    expect(await journal(simulator, 'webhook.restored')).toBe(1);
    await simulator.says('back', 'found');
    expect(simulator.receiver.events.some(({ id }) => id === lost.event_id)).toBe(false);
  });

  it('is over when the webhook is saved again and agrees: former errors count no more', async () => {
    const simulator = await stageOf();
    await eventually(() => status(simulator)).toBe('enabled');
    simulator.receiver.status = 500;
    await says12Times(simulator);
    await eventually(() => status(simulator)).toBe('suspended');
    simulator.receiver.status = 200;
    await simulator.call('PUT', `/webhooks/${webhookId}`, { form: [['active', 'true']] });
    await eventually(() => status(simulator)).toBe('enabled');
    await simulator.says('back');
    await simulator.says('and again');
    expect(await status(simulator)).toBe('enabled');
  });
});

it('never shows the token or the secret', async () => {
  const simulator = await stageOf();
  const cast = await simulator.says('hello');
  const query = `?access_token=${token}`;
  await fetch(`${simulator.url}/1.0/content_threads/${cast.thread_id}${query}`);
  const record = JSON.stringify(await simulator.control.record());
  expect(record).toContain(cast.content_id);
  expect(record).not.toContain(token);
  expect(record).not.toContain(secret);
});
