/** The ingress by HTTP: each check with its own answer, in order; 200 only for what was accepted. */
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.js';
import { createLog } from '../../runtime/log.js';
import { listen, type Listening } from '../../runtime/listen.js';
import { RecordedThreads } from '../harness/recorded-threads.js';

const secret = 'current-secret';
let threads = new RecordedThreads();
let server: Listening;
let url = '';

beforeAll(async () => {
  const app = createApp({
    threads: {
      accept: (events) => threads.accept(events),
      obstacles: () => threads.obstacles(),
      close: () => threads.close(),
    },
    webhookSecrets: [secret, 'previous-secret'],
    verifyToken: 'verify-token',
    isOurs: (sourceId) => sourceId === 'source',
    log: createLog('api', 'silent'),
  });
  server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'TEST' });
  url = `http://127.0.0.1:${server.port}/webhooks/engage`;
});
afterAll(() => server.close());
beforeEach(() => {
  threads = new RecordedThreads();
});

let count = 0;

function event(type: string, more: { thread?: string; source?: string } = {}): object {
  count += 1;
  const { thread = 'thread', source = 'source' } = more;
  return {
    type,
    id: `event-${count}`,
    issued_at: '2026-01-15T09:30:00.412Z',
    resource: { id: `c-${count}`, metadata: { thread_id: thread, source_id: source, body: 'hi' } },
  };
}

function envelope(...events: readonly unknown[]): string {
  return JSON.stringify({ id: 'request', domain_id: 'domain', events });
}

const usual = { 'content-type': 'application/json', 'x-dimelo-secret': secret };

/** `undefined` leaves a usual header out. */
function post(body: string, changed: Record<string, string | undefined> = {}): Promise<Response> {
  const headers = new Headers(usual);
  for (const [name, value] of Object.entries(changed)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  return fetch(url, { method: 'POST', body, headers });
}

/** A chunked request, which names no length beforehand. */
function postChunked(body: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve) => {
    const outgoing = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.write(body.slice(0, 1_000));
    outgoing.end(body.slice(1_000));
  });
}

const tooLarge = envelope({ padding: 'x'.repeat(1024 * 1024) });

describe('each check alone', () => {
  it.each([
    ['a body over 1 MiB', 413, tooLarge, {}],
    ['another content type', 415, envelope(), { 'content-type': 'text/plain' }],
    ['no content type', 415, envelope(), { 'content-type': '' }],
    ['no secret', 401, envelope(), { 'x-dimelo-secret': undefined }],
    ['a body that is not JSON', 400, '{"events":[', {}],
    ['an empty body', 400, '', {}],
    ['an envelope without events', 422, '{"domain_id":"d"}', {}],
  ])('%s: %i', async (_, status, body, headers) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toHaveProperty('message');
    expect(threads.accepted).toEqual([]);
  });

  it('a chunked body over 1 MiB: 413, counted while it comes', async () => {
    expect(await postChunked(tooLarge, usual)).toBe(413);
    expect(await postChunked(envelope(event('content.imported')), usual)).toBe(200);
  });

  it('a body of exactly 1 MiB passes', async () => {
    const padding = 1024 * 1024 - envelope({ padding: '' }).length;
    const body = envelope({ padding: 'x'.repeat(padding) });
    expect(body).toHaveLength(1024 * 1024);
    expect((await post(body)).status).toBe(422);
  });

  it('names the missing field', async () => {
    const answer = await post('{"domain_id":"d"}');
    expect(await answer.json()).toMatchObject({ fields: [{ field: 'events' }] });
  });
});

describe('checks come in order: size, content type, secret, JSON, envelope', () => {
  const wrong = { 'content-type': 'text/plain', 'x-dimelo-secret': 'wrong' };
  it.each([
    [413, tooLarge, wrong],
    [415, '{', wrong],
    [401, '{', { 'x-dimelo-secret': 'wrong' }],
    [400, '{', {}],
    [422, '{}', {}],
  ])('%i comes first', async (status, body, headers) => {
    expect((await post(body, headers)).status).toBe(status);
  });
});

describe('the secret', () => {
  it.each([
    ['the current one', secret, 200],
    ['the previous one, during a rotation', 'previous-secret', 200],
    ['empty', '', 401],
    ['shorter', secret.slice(0, -1), 401],
    ['longer', `${secret}x`, 401],
    ['another', 'another-secret', 401],
    ['both, in one header', `${secret}, previous-secret`, 401],
    ['beyond ASCII', 'sécrèt', 401],
  ])('%s: %i', async (_, given, status) => {
    expect((await post(envelope(), { 'x-dimelo-secret': given })).status).toBe(status);
  });
});

describe('a delivery', () => {
  it('is one call a thread, with all of its events in it', async () => {
    const [a, b] = [{ thread: 'a' }, { thread: 'b' }];
    const events = [
      event('content.imported', a),
      event('intervention.opened', b),
      event('content.imported', b),
      event('content.exported', a),
    ];
    expect((await post(envelope(...events))).status).toBe(200);
    expect(threads.accepted.map(({ threadId, events: { length } }) => [threadId, length])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });

  it('starts a thread only when somebody has spoken', async () => {
    await post(envelope(event('content.imported', { thread: 'a' })));
    await post(envelope(event('intervention.closed', { thread: 'b' })));
    const starts = threads.accepted.map(({ startOn }) => startOn !== undefined);
    expect(starts).toEqual([true, false]);
  });

  it('passes what concerns no thread of ours: other types, other sources', async () => {
    const events = [
      event('push_agent.connected'),
      event('brand_new.happened'),
      event('content.imported', { source: 'elsewhere' }),
    ];
    expect((await post(envelope(...events))).status).toBe(200);
    expect(threads.accepted).toEqual([]);
  });

  it('of which one thread is not reached: 503 with Retry-After, the others keep theirs', async () => {
    threads.unreachable.add('b');
    const events = ['a', 'b', 'c'].map((thread) => event('content.imported', { thread }));
    const answer = await post(envelope(...events));
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(threads.accepted.map(({ threadId }) => threadId)).toEqual(['a', 'c']);
  });

  it('with one broken event: 422 naming it, the others accepted', async () => {
    const broken = { ...event('content.imported'), issued_at: undefined };
    const answer = await post(envelope(event('content.imported'), broken));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ fields: [{ field: 'events[1].issued_at' }] });
    expect(threads.accepted).toHaveLength(1);
  });
});

describe('an id that no workflow can have', () => {
  const long = 'x'.repeat(129);
  it.each([
    ['of a thread', { thread: long }, 'domain', 'events[0].resource.metadata.thread_id'],
    ['beyond Unicode', { thread: '\ud800' }, 'domain', 'events[0].resource.metadata.thread_id'],
    ['of a domain', {}, long, 'domain_id'],
  ])('%s: 422 naming it, because sending it again is of no use', async (_, more, domain, field) => {
    const body = { id: 'request', domain_id: domain, events: [event('content.imported', more)] };
    const answer = await post(JSON.stringify(body));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ fields: [{ field }] });
    expect(threads.accepted).toEqual([]);
  });
});

describe('the handshake', () => {
  const handshake = (query: Record<string, string>) =>
    fetch(`${url}?${new URLSearchParams(query).toString()}`);
  const good = {
    'hub.mode': 'subscribe',
    'hub.challenge': 'R4nd0m',
    'hub.verify_token': 'verify-token',
  };

  it('echoes the challenge alone', async () => {
    const answer = await handshake(good);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('R4nd0m');
  });

  it.each([
    ['a wrong token', { ...good, 'hub.verify_token': 'wrong' }, 403],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': 'x' }, 403],
    ['another mode', { ...good, 'hub.mode': 'unsubscribe' }, 400],
    ['no challenge', { ...good, 'hub.challenge': '' }, 400],
  ])('refuses %s', async (_, query, status) => {
    const answer = await handshake(query);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain('R4nd0m');
  });
});

describe('health', () => {
  const get = (path: string) => fetch(new URL(path, url));

  it('is live without Temporal, ready only with it, and says what is in the way', async () => {
    threads.blockedBy = ['search attribute BatonPhase is not registered'];
    expect((await get('/healthz')).status).toBe(200);
    const ready = await get('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('BatonPhase');
    threads.blockedBy = [];
    expect((await get('/readyz')).status).toBe(200);
  });

  it('answers 404 as JSON elsewhere', async () => {
    const answer = await get('/nowhere');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: 'not_found' });
  });
});
