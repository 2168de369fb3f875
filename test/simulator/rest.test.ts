/** The API’s manners: who may call and how often, how parameters travel, pages, errors, who is there. */
import { afterEach, describe, expect, it } from 'vitest';
import { channels, identities, sources, users } from '../../simulator/seed.js';
import { openSimulator, records, token, type OpenSimulator } from './setup.js';

const open: OpenSimulator[] = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.stop();
});

async function stageOf(options?: Parameters<typeof openSimulator>[0]): Promise<OpenSimulator> {
  const simulator = await openSimulator(options);
  open.push(simulator);
  return simulator;
}

describe('a call', () => {
  it('needs the token, in the header or as a parameter', async () => {
    const { url, call } = await stageOf();
    expect((await fetch(`${url}/1.0/teams?access_token=${token}`)).status).toBe(200);
    const body = new URLSearchParams({ access_token: token, content_id: 'x' });
    expect((await fetch(`${url}/1.0/interventions`, { method: 'POST', body })).status).toBe(404);
    for (const headers of [{ authorization: 'Bearer wrong' }, { authorization: '' }]) {
      const refused = await call('GET', '/teams', { headers });
      expect(refused).toMatchObject({ status: 403, answer: { error: 'forbidden', status: 403 } });
      expect(refused.answer['message']).toBeTypeOf('string');
    }
  });

  it('may not be made in another’s name', async () => {
    const { call } = await stageOf();
    const path = `/teams?impersonated_user_id=${users['agent-1']}`;
    expect((await call('GET', path)).status).toBe(400);
  });

  it('takes its parameters from the query, a form or JSON, lists with and without brackets', async () => {
    const { call, says } = await stageOf();
    const { thread_id, content_id } = await says('hello');
    const in_reply_to_id = content_id;
    const query = new URLSearchParams({
      in_reply_to_id,
      body: 'query',
      private: 'true',
    }).toString();
    const made = [
      await call('POST', `/contents?${query}`),
      await call('POST', '/contents', {
        form: [
          ['in_reply_to_id', in_reply_to_id],
          ['body', 'form'],
          ['private', 'true'],
        ],
      }),
      await call('POST', '/contents', { json: { in_reply_to_id, body: 'json', private: true } }),
    ];
    expect(made.map(({ answer }) => [answer['body'], answer['private_message']])).toEqual([
      ['query', true],
      ['form', true],
      ['json', true],
    ]);
    const path = `/content_threads/${thread_id}/update_categories`;
    const { answer } = await call('PUT', path, { json: { thread_category_ids: [] } });
    expect(answer['thread_category_ids']).toEqual([]);
  });

  it('is refused when its body is not JSON although it says so', async () => {
    const { url } = await stageOf();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/1.0/contents`, { method: 'POST', body: '{', headers });
    expect(response.status).toBe(400);
  });

  it.each([
    ['GET', '/contents/nothing'],
    ['GET', '/content_threads/nothing'],
    ['PUT', '/interventions/nothing/close'],
    ['GET', '/status/nothing'],
    ['GET', '/webhooks/nothing'],
    ['GET', '/no_such_thing'],
  ])('to what does not exist is 404: %s %s', async (method, path) => {
    const { call } = await stageOf();
    expect(await call(method, path)).toMatchObject({
      status: 404,
      answer: { error: 'not_found', status: 404 },
    });
  });

  it('to what its user may not read finds nothing', async () => {
    // The spec names a placeholder, not a parameter, for permissions: not compared with it.
    const { call, says } = await stageOf({ onExchange: () => undefined });
    const cast = await says('hello');
    const path = `/users/${users.bot}/sources_permissions`;
    await call('PUT', path, { form: [[sources.chat, 'reply']] });
    expect((await call('GET', `/contents/${cast.content_id}`)).status).toBe(404);
    expect((await call('GET', `/content_threads/${cast.thread_id}`)).status).toBe(404);
    expect((await call('GET', '/contents')).answer['count']).toBe(0);
    await call('PUT', path, { form: [[sources.chat, 'read']] });
    const json = { in_reply_to_id: cast.content_id, body: 'Hello!' };
    expect((await call('POST', '/contents', { json })).status).toBe(403);
  });
});

describe('the rate limit', () => {
  it('counts a sliding minute and says so, without telling when to come back', async () => {
    const simulator = await stageOf({ requestsPerMinute: 3, isClockStanding: true });
    const ask = async () => (await simulator.call('GET', '/teams')).status;
    expect([await ask(), await ask()]).toEqual([200, 200]);
    await simulator.control.advance('40s');
    expect([await ask(), await ask()]).toEqual([200, 429]);
    await simulator.control.advance('25s');
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);

    const response = await fetch(`${simulator.url}/1.0/teams?access_token=${token}`);
    expect(response.headers.get('retry-after')).toBeNull();
    expect(await response.json()).toEqual({
      error: 'rate_limit_exceeded',
      message: 'Rate limit exceeded (3 requests per minute max)',
      status: 429,
    });
  });
});

describe('lists', () => {
  it('come in pages of 30, never of more than 150', async () => {
    const { call, control } = await stageOf();
    for (let n = 0; n < 32; n += 1) {
      await control.customer({ source: 'chat', identity: 'ana', body: String(n) });
    }
    const page = async (query: string) => (await call('GET', `/contents${query}`)).answer;
    expect(await page('')).toMatchObject({ count: 32, offset: 0, limit: 30 });
    expect((await page(''))['records']).toHaveLength(30);
    expect((await page('?offset=30'))['records']).toHaveLength(2);
    expect((await page('?limit=200'))['limit']).toBe(150);
  });

  it('of everything there is are well-formed', async () => {
    const { call, says } = await stageOf();
    await says('hello');
    const lists = ['categories', 'users', 'roles', 'teams', 'identities', 'content_sources'];
    const more = ['channels', 'communities', 'topologies', 'webhooks', 'tasks', 'events'];
    for (const name of [...lists, ...more]) {
      const list = await call('GET', `/${name}`);
      expect(list.status, name).toBe(200);
      const path = name === 'tasks' ? '/tasks?queue=undelivered' : `/${name}`;
      const [first] = records(await call('GET', path));
      const one = await call('GET', `/${name}/${String(first!['id'])}`);
      expect(one.answer, name).toEqual(first);
    }
  });

  it('can be narrowed', async () => {
    const { call } = await stageOf();
    const ids = async (path: string) =>
      records(await call('GET', path)).map(({ id }) => id as string);
    expect(await ids('/users?email=BOT@example.com')).toEqual([users.bot]);
    expect(await ids(`/users?identity_id=${identities.brand}`)).toHaveLength(4);
    expect(await ids('/identities?foreign_id=welcome')).toEqual([identities.welcome]);
    const permission = '/content_sources?permission=initiate_discussion';
    expect(await ids(permission)).toEqual([]);
  });
});

describe('who is there', () => {
  it('is a bare list of the connected, per channel', async () => {
    const { call, callControl } = await stageOf();
    const away = { channel: 'async', status: 'away', busyness: 'full' };
    await callControl('PUT', '/agents', { 'agent-1': away, 'agent-2': { status: null } });
    const { answer } = await call('GET', '/status');
    const list = answer as unknown as readonly { agent_id: string; channels: object[] }[];
    expect(list.map(({ agent_id }) => agent_id)).toEqual([users['agent-1'], users['agent-3']]);
    expect(list[0]!.channels).toMatchObject([
      { id: channels.realtime, status: 'available', busyness: 'unoccupied' },
      { id: channels.async, status: 'away', busyness: 'full' },
    ]);
    const gone = await call('GET', `/status/${users['agent-2']}`);
    expect(gone).toMatchObject({ status: 404, answer: { error: 'disconnected' } });
  });
});

describe('notes on an intervention', () => {
  it('are written, read, listed and deleted', async () => {
    const { call, says, control } = await stageOf();
    const { thread_id, content_id } = await says('hello');
    const opened = await call('POST', '/interventions', { form: [['content_id', content_id]] });
    const intervention_id = String(opened.answer['id']);
    const form = [
      ['intervention_id', intervention_id],
      ['body', 'wants a refund'],
    ] as const;
    const { answer } = await call('POST', '/intervention_comments', { form });
    expect(answer).toMatchObject({ thread_id, user_id: users.bot, body: 'wants a refund' });
    const list = () => call('GET', `/intervention_comments?thread_id=${thread_id}`);
    expect((await list()).answer['count']).toBe(1);
    expect(JSON.stringify(await control.record(thread_id))).toContain('wants a refund');
    await call('DELETE', `/intervention_comments/${String(answer['id'])}`);
    expect((await list()).answer['count']).toBe(0);
  });
});
