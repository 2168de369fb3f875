/** An operator at work, by the API: finds a thread, reads its story, steers it, and everything is written down. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThreadList, ThreadView, Timeline } from '../../api/operator/answers.js';
import { domainId } from '../../simulator/seed.js';
import { Conversation } from '../harness/conversation.js';
import { caller, operators, tokens } from '../harness/operators.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
let call: ReturnType<typeof caller>;

beforeAll(async () => {
  world = await startWorld({ config: { ...testConfig({ engageTimeout: '1m' }), operators } });
  call = caller(world.webhookUrl);
});
afterAll(() => world.stop());

async function begun(source?: string): Promise<Conversation> {
  const conversation = new Conversation(world, source);
  await conversation.says('hello');
  await conversation.untilBotSaid(1);
  await conversation.untilQuiet();
  return conversation;
}

const idOf = ({ thread }: Conversation) => `${domainId}:${thread}`;
const at = (conversation: Conversation, path = '') =>
  `/operator/threads/${idOf(conversation)}${path}`;

async function listed(query: string, person: 'vera' | 'mona' = 'vera') {
  const { body } = await call(person, 'get', `/operator/threads?${query}`);
  return (body as unknown as ThreadList).threads;
}

it('a thread is found by phase, source and attention, and by those alone who may see it', async () => {
  const began = Date.now();
  const conversation = await begun('messages');
  const isListed = async (query: string, person?: 'mona') =>
    (await listed(query, person)).some(({ id }) => id === idOf(conversation));
  await eventually(() => isListed('phase=bot')).toBe(true);
  expect(await isListed('phase=bot', 'mona')).toBe(true);
  expect(await isListed('source=messages')).toBe(true);
  expect(await isListed('source=chat')).toBe(false);
  expect(await isListed('phase=agent')).toBe(false);
  expect(await isListed('attention=true')).toBe(false);
  const [line] = (await listed('phase=bot')).filter(({ id }) => id === idOf(conversation));
  expect(line).toMatchObject({ source: 'messages', reason: 'customerWrote', attention: false });
  expect(Date.parse(line?.since ?? '')).toBeGreaterThanOrEqual(began);
});

it('its story is what was said and decided, in order, and why', async () => {
  const conversation = await begun();
  await conversation.agent('reply', { body: 'Good morning.' });
  await conversation.untilPhase('agent');
  await conversation.says('are you still there?');
  await conversation.untilDelivered();
  const story = async () => {
    const { body } = await call('vera', 'get', at(conversation, '/timeline'));
    const { moments, phases } = body as unknown as Timeline;
    const said = moments.flatMap((one) => (one.is === 'content' ? [one] : []));
    return {
      phases: phases.map(({ phase }) => phase),
      said: said.map(({ by, why }) => ({ by, why })),
    };
  };
  await eventually(story).toEqual({
    phases: ['bot', 'agent'],
    said: [
      { by: 'customer', why: null },
      { by: 'bot', why: null },
      { by: 'agent', why: null },
      { by: 'customer', why: expect.stringMatching(/^a human had the thread since/) as string },
    ],
  });
});

describe('a command', () => {
  it('is done, answered with the thread as it is then, and written down with who and why', async () => {
    const conversation = await begun();
    const taken = await call('olga', 'post', at(conversation, '/take-over'), {
      why: 'a complaint',
    });
    expect(taken.status).toBe(200);
    const thread = taken.body['thread'] as ThreadView;
    expect(thread).toMatchObject({ phase: 'agent', reason: 'operatorTookOver' });
    expect(thread.why).toContain('operator olga: a complaint');
    const { decisions } = await conversation.card();
    expect(decisions).toContainEqual(
      expect.objectContaining({
        ...{ code: 'phaseChanged', from: 'bot', to: 'agent', why: 'operator olga: a complaint' },
      }),
    );
    const back = await call('olga', 'post', at(conversation, '/return-to-bot'), { why: 'settled' });
    expect(back.body['thread']).toMatchObject({ phase: 'bot' });
    const paused = { why: 'wrong prices', for: '10m' };
    await call('olga', 'post', at(conversation, '/pause-bot'), paused);
    const { body } = await call('vera', 'get', at(conversation));
    expect((body['thread'] as ThreadView).botPausedUntil).not.toBeNull();
    const closed = await call('olga', 'post', at(conversation, '/close'), { why: 'spam' });
    expect(closed.body['thread']).toMatchObject({ phase: 'closed' });
  });

  it('illegal in this phase: 409, saying which phase it is', async () => {
    const conversation = await begun();
    const answer = await call('olga', 'post', at(conversation, '/return-to-bot'), {
      why: 'why not',
    });
    expect(answer).toMatchObject({ status: 409, body: { error: 'illegal', phase: 'bot' } });
    expect((await conversation.card()).counts.refusedMoves).toBe(0);
  });

  it('twice with one key is one, and answered alike', async () => {
    const conversation = await begun();
    const key = { 'idempotency-key': 'b7f1c2' };
    const take = () => call('olga', 'post', at(conversation, '/take-over'), { why: 'once' }, key);
    const [first, again] = [await take(), await take()];
    expect([first.status, again.status]).toEqual([200, 200]);
    const { decisions } = await conversation.card();
    expect(
      decisions.filter((one) => one.code === 'phaseChanged' && one.to === 'agent'),
    ).toHaveLength(1);
    // Without it the second is a second one, and illegal by now.
    const second = await call('olga', 'post', at(conversation, '/take-over'), { why: 'once' });
    expect(second.status).toBe(409);
  });

  it('of who has a name is under that name alone', async () => {
    const conversation = await begun();
    const given = { why: 'a joke', by: 'somebody else' };
    const answer = await call('olga', 'post', at(conversation, '/take-over'), given);
    expect(answer).toMatchObject({ status: 422, body: { fields: [{ field: 'by' }] } });
    expect(await conversation.phase()).toBe('bot');
  });
});

it('an erased thread is not found, and the next content starts a new one', async () => {
  const conversation = await begun();
  const id = idOf(conversation);
  const wrong = await call('adam', 'post', at(conversation, '/erase'), {
    why: 'asked',
    confirm: 'x',
  });
  expect(wrong).toMatchObject({ status: 422, body: { fields: [{ field: 'confirm' }] } });
  const given = { why: 'the customer asked', confirm: id };
  const erased = await call('adam', 'post', at(conversation, '/erase'), given);
  expect(erased).toMatchObject({ status: 200, body: { erased: { id, runs: 1 } } });
  const status = async () => (await call('vera', 'get', at(conversation))).status;
  await eventually(status).toBe(404);
  await conversation.says('hello again');
  await conversation.untilBotSaid(2);
  const { body } = await call('vera', 'get', at(conversation, '/timeline'));
  expect(JSON.stringify(body)).toContain('hello again');
});

describe('a session', () => {
  async function signIn(token: string, headers: Record<string, string> = {}) {
    const response = await fetch(new URL('/operator/session', world.webhookUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ token }),
    });
    const set = response.headers.get('set-cookie') ?? '';
    return { status: response.status, set, cookie: set.split(';')[0] ?? '' };
  }

  it('is begun by a token, kept in a cookie no script can read, and ended', async () => {
    const { status, set, cookie } = await signIn(tokens.vera);
    expect(status).toBe(200);
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    expect(set).not.toContain(tokens.vera);
    const me = await call(undefined, 'get', '/operator/me', undefined, { cookie });
    expect(me).toMatchObject({ status: 200, body: { name: 'vera', role: 'viewer' } });
    const { csrf } = me.body as { csrf: string };
    const end = (headers: Record<string, string>) =>
      call(undefined, 'delete', '/operator/session', undefined, { cookie, ...headers });
    expect((await end({})).status).toBe(403);
    expect((await end({ 'x-baton-csrf': csrf })).status).toBe(204);
  });

  it.each([
    ['a token nobody has', 'nobody-has-this-token', {}, 401],
    ['a page of another site', tokens.vera, { 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s gets none', async (_, token, headers, expected) => {
    const { status, set } = await signIn(token, headers);
    expect({ status, set }).toEqual({ status: expected, set: '' });
  });

  it('that was changed, or is another’s, is none', async () => {
    const { cookie } = await signIn(tokens.vera);
    const [name = '', value = ''] = cookie.split('=');
    const [word = '', mark = ''] = decodeURIComponent(value).split('.');
    const kept = JSON.parse(Buffer.from(word, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...kept, name: 'adam' })).toString('base64url');
    for (const wrong of [`${forged}.${mark}`, word, `${word}.`, '.', `${word}.${mark}x`]) {
      const given = { cookie: `${name}=${encodeURIComponent(wrong)}` };
      expect((await call(undefined, 'get', '/operator/me', undefined, given)).status).toBe(401);
    }
  });
});
