/**
 * Every route of the operator API, by the document it publishes: who is refused, and with which words; and
 * that what is answered is what the document says.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOperatorRoutes } from '../../api/operator/routes.js';
import { createLog } from '../../runtime/log.js';
import { domainId } from '../../simulator/seed.js';
import { Conversation } from '../harness/conversation.js';
import { operatorOptions } from '../harness/operator-options.js';
import { caller, operators, tokens } from '../harness/operators.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

type Operation = {
  readonly description: string;
  readonly requestBody?: object;
  readonly responses: Readonly<
    Record<string, { readonly content: { readonly 'application/json': { schema: object } } }>
  >;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
};

let world: World;
let call: ReturnType<typeof caller>;
let document: Document;
let id: string;

beforeAll(async () => {
  world = await startWorld({ config: { ...testConfig({ engageTimeout: '1m' }), operators } });
  call = caller(world.webhookUrl);
  document = (await call(undefined, 'get', '/openapi.json')).body as unknown as Document;
  const conversation = new Conversation(world);
  await conversation.says('hello');
  await conversation.untilBotSaid(1);
  id = `${domainId}:${conversation.thread}`;
});
afterAll(() => world.stop());

/** Known before anything runs, so that each route is a test of its own. */
const mounted = createOperatorRoutes(operatorOptions({ token: 'x' }), createLog('api', 'silent'))
  .routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/session'))
  .map(({ method, path }) => ({ method: method.toLowerCase(), path: `/operator${path}` }));
const routes = [...new Map(mounted.map((one) => [`${one.method} ${one.path}`, one])).values()];
const writing = routes.filter(({ method }) => method === 'post');
const ofThreads = routes.filter(({ path }) => path.includes('/:id'));

const at = (path: string) => path.replace(':id', id).replace(':person', 'identity-1');
const asDocumented = (path: string) => path.replace(/:(\w+)/g, '{$1}');
const documented = (path: string, method: string) => document.paths[asDocumented(path)]?.[method];

it('the document names every route that is mounted, and no other', () => {
  const named = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  const there = routes.map(({ method, path }) => `${method} ${asDocumented(path)}`);
  expect(named.toSorted()).toEqual(there.toSorted());
  expect(there.length).toBeGreaterThan(15);
});

describe.each(routes)('$method $path', ({ method, path }) => {
  const body = method === 'post' ? {} : undefined;

  it('nobody: 401', async () => {
    expect((await call(undefined, method, at(path), body)).status).toBe(401);
    const headers = { authorization: `Bearer ${tokens.adam}x` };
    expect((await call(undefined, method, at(path), body, headers)).status).toBe(401);
  });

  it('a role that is too small: 403, naming the one it needs', async () => {
    const needs = /role (\w+)/.exec(documented(path, method)?.description ?? '')?.[1];
    const smaller = { viewer: undefined, operator: 'vera', admin: 'olga' } as const;
    const person = smaller[needs as keyof typeof smaller];
    if (person === undefined) return;
    const answer = await call(person, method, at(path), body);
    expect(answer).toMatchObject({ status: 403, body: { error: 'role' } });
    expect(answer.body['message']).toContain(needs);
  });
});

describe.each(writing)('$method $path', ({ method, path }) => {
  it('a session without its word: 403', async () => {
    const session = await fetch(new URL('/operator/session', world.webhookUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: tokens.adam }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(cookie).not.toBe('');
    const wordless = await call(undefined, method, at(path), {}, { cookie });
    expect(wordless).toMatchObject({ status: 403, body: { error: 'csrf' } });
    const wrong = { cookie, 'x-baton-csrf': 'guessed' };
    expect((await call(undefined, method, at(path), {}, wrong)).status).toBe(403);
    const { me } = (await session.json()) as { me: { csrf: string } };
    const right = { cookie, 'x-baton-csrf': me.csrf };
    expect((await call(undefined, method, at(path), { what: 1 }, right)).status).toBe(422);
  });

  it.each([
    ['over 16 KiB', 413, `{"why":"${'x'.repeat(17_000)}"}`, 'application/json'],
    ['of another type', 415, '{}', 'text/plain'],
    ['that is no JSON', 400, '{"why":', 'application/json'],
    ['with a field there is not', 422, '{"sudo":true}', 'application/json'],
  ])('a body %s: %i', async (_, status, body, type) => {
    const answer = await call('adam', method, at(path), body, { 'content-type': type });
    expect(answer.status).toBe(status);
    if (status === 422) expect(JSON.stringify(answer.body['fields'])).toContain('sudo');
  });
});

const bodies: Readonly<Record<string, object>> = {
  'pause-bot': { why: 'a test', for: '1m' },
  erase: { why: 'a test', confirm: 'whatever' },
};
const bodyFor = (path: string) => bodies[path.split('/').at(-1) ?? ''] ?? { why: 'a test' };

describe.each(ofThreads)('$method $path', ({ method, path }) => {
  const body = method === 'post' ? bodyFor(path) : undefined;

  it('of a source that is not theirs: 403, naming it', async () => {
    const answer = await call('mona', method, at(path), body);
    expect(answer).toMatchObject({ status: 403, body: { error: 'scope' } });
    expect(answer.body['message']).toContain('chat');
  });

  it.each(['nowhere:thread', 'no-id', `${domainId}:x%27%20OR%201=1`])('%s: 404', async (other) => {
    const answer = await call('adam', method, path.replace(':id', other), body);
    expect(answer).toMatchObject({ status: 404, body: { error: 'unknown_thread' } });
  });
});

describe('what is for the whole system', () => {
  it.each(['/overview', '/reconciler', '/directory'])('%s: 403 for one source', async (path) => {
    const answer = await call('mona', 'get', `/operator${path}`);
    expect(answer).toMatchObject({ status: 403, body: { error: 'scope' } });
  });

  it.each([{ all: true }, { source: 'chat' }, { bot: 'tester' }, { bot: 'gone' }])(
    'an emergency of %o: 403 for one source, declared or ended',
    async (scope) => {
      const body = { scope, why: 'a test', dryRun: false };
      for (const path of ['/operator/emergency', '/operator/emergency/end']) {
        const { status } = await call('mona', 'post', path, body);
        expect([403, 422]).toContain(status);
      }
      const { body: shown } = await call('adam', 'get', '/operator/emergency');
      expect(shown['inForce']).toEqual([]);
    },
  );

  it('a list shows nobody what is not theirs', async () => {
    const theirs = await call('mona', 'get', '/operator/threads');
    expect(theirs).toMatchObject({ status: 200, body: { threads: [] } });
    expect((await call('mona', 'get', '/operator/threads?source=chat')).status).toBe(403);
    const { body } = await call('mona', 'get', '/operator/sources');
    expect(JSON.stringify(body)).not.toContain('chat');
  });
});

describe('what is answered', () => {
  const reading = routes.filter(({ method }) => method === 'get');

  it.each(reading)('$path is as the document says', async ({ method, path }) => {
    const { status, body } = await call('vera', method, at(path));
    expect(status).toBe(200);
    const schema = documented(path, method)?.responses['200']?.content['application/json'].schema;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    const isValid = ajv.validate({ ...schema, components: document.components }, body);
    expect(ajv.errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  it.each([
    ['/operator/threads?phase=asleep', 'phase'],
    ['/operator/threads?size=0', 'size'],
    ['/operator/threads?page=$$', 'page'],
    ['/operator/threads?page=bm90aGluZw', 'page'],
    ['/operator/threads?what=1', 'what'],
    ['/operator/threads?reason=a%27b', 'reason'],
  ])('%s: 422, naming %s', async (path, field) => {
    const answer = await call('vera', 'get', path);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body['fields'])).toContain(field);
  });

  it('a time zone there is not: 422', async () => {
    const { status } = await call('vera', 'get', `/operator/threads/${id}?timeZone=Mars/Base`);
    expect(status).toBe(422);
  });
});
