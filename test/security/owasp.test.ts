/**
 * What of the OWASP API Security Top 10 (2023) has no test elsewhere, by HTTP. docs/security.md names all
 * ten, each with its tests.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { caller, operators, tokens } from '../harness/operators.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startWorld, type World } from '../harness/world.js';

let world: World;
let call: ReturnType<typeof caller>;
let origin: string;
beforeAll(async () => {
  world = await startWorld({ config: { ...testConfig({ engageTimeout: '1m' }), operators } });
  call = caller(world.webhookUrl);
  origin = new URL(world.webhookUrl).origin;
});
afterAll(() => world.stop());

const signIn = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${origin}/operator/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const meWith = async (cookie: string) =>
  (await fetch(`${origin}/operator/me`, { headers: { cookie } })).status;

describe('API2:2023 broken authentication', () => {
  it('a session is in a cookie that scripts cannot read and other sites cannot send', async () => {
    const cookie = (await signIn({ token: tokens.vera })).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toContain(tokens.vera);
    expect(await meWith(cookie.split(';')[0] ?? '')).toBe(200);
  });

  it('a session that was changed in any place is none', async () => {
    const cookie = (await signIn({ token: tokens.vera })).headers.get('set-cookie') ?? '';
    const [whole = ''] = cookie.split(';');
    for (let at = 'baton='.length; at < whole.length; at += 7) {
      const other = whole[at] === 'A' ? 'B' : 'A';
      const forged = whole.slice(0, at) + other + whole.slice(at + 1);
      expect(await meWith(forged), `${at}`).toBe(401);
    }
  });

  it('negative control: a session that is only encoded, not signed, is taken by who believes it', async () => {
    const word = { id: 'x', name: 'adam', proof: 'x', until: Date.now() + 60_000 };
    const encoded = Buffer.from(JSON.stringify(word)).toString('base64url');
    const naive = (given: string) =>
      (JSON.parse(Buffer.from(given, 'base64url').toString()) as typeof word).until > Date.now();
    expect(naive(encoded)).toBe(true);
    for (const forged of [encoded, `${encoded}.`, `${encoded}.x`]) {
      expect(await meWith(`baton=${forged}`)).toBe(401);
    }
  });

  it('a token in an address or a body is none', async () => {
    const asked = await fetch(
      `${origin}/operator/me?token=${tokens.adam}&access_token=${tokens.adam}`,
    );
    expect(asked.status).toBe(401);
    expect((await signIn({ token: tokens.adam }, { 'sec-fetch-site': 'cross-site' })).status).toBe(
      403,
    );
  });
});

describe('API3:2023 broken object property level authorization', () => {
  it.each(['role', 'sources', 'isShared', 'proof', '__proto__'])(
    'who signs in cannot say their %s',
    async (field) => {
      const body = `{"token":"${tokens.vera}","${field}":"admin"}`;
      const answer = await fetch(`${origin}/operator/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect([200, 422]).toContain(answer.status);
      const text = await answer.text();
      // What JavaScript itself would take for a prototype is dropped, and gives nobody a role.
      expect(text).not.toContain('"role":"admin"');
      if (field !== '__proto__') expect(answer.status).toBe(422);
    },
  );

  it('no answer holds a token, a digest, or what a session is proved by', async () => {
    const paths = ['/me', '/sources', '/bots', '/overview', '/threads', '/emergency'];
    const responses = await Promise.all(
      paths.map(async (path) => JSON.stringify(await call('adam', 'get', `/operator${path}`))),
    );
    const all = responses.join('\n');
    for (const { tokenSha256 = '' } of Object.values(operators))
      expect(all).not.toContain(tokenSha256);
    const secretOnes = [...Object.values(tokens), ...Object.values(secrets)];
    for (const secret of secretOnes) expect(all).not.toContain(secret);
    expect(all).not.toMatch(/"proof"|"tokenSha256"|"secret"/i);
  });
});

describe('API6:2023 unrestricted access to sensitive business flows', () => {
  const id = 'domain:thread';
  const writing = ['ask-handover', 'take-over', 'return-to-bot', 'answer-again', 'close', 'erase'];

  it.each(writing)('%s needs a reason', async (what) => {
    const answer = await call('adam', 'post', `/operator/threads/${id}/${what}`, { confirm: id });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body['fields'])).toContain('why');
  });

  it('erasing needs the id once more, of the very thread', async () => {
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    const threads = async () => {
      const { body } = await call('adam', 'get', '/operator/threads');
      return body['threads'] as readonly { id: string }[];
    };
    // Searches lag behind.
    await eventually(threads).not.toEqual([]);
    const [thread] = await threads();
    const erase = (confirm?: string) =>
      call('adam', 'post', `/operator/threads/${thread?.id}/erase`, { why: 'asked', confirm });
    expect((await erase()).status).toBe(422);
    expect((await erase('domain:another')).status).toBe(422);
    expect((await call('adam', 'get', `/operator/threads/${thread?.id}`)).status).toBe(200);
  });

  it('an emergency must say whether it is meant', async () => {
    const body = { scope: { all: true }, why: 'a test' };
    for (const path of ['/operator/emergency', '/operator/emergency/end']) {
      const answer = await call('adam', 'post', path, body);
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.body['fields'])).toContain('dryRun');
    }
  });
});

describe('API7:2023 server side request forgery', () => {
  let trap: Server;
  let caught = 0;
  beforeAll(async () => {
    trap = createServer((_, response) => {
      caught += 1;
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => trap.close());

  it('an address in a delivery is never called, wherever it stands', async () => {
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/latest/meta-data`;
    const ana = new Conversation(world);
    await ana.says(`look at ${url}`);
    await ana.untilBotSaid(1);
    const metadata = {
      ...{ thread_id: ana.thread, source_id: 'nowhere', body: url, author_id: url },
      ...{ attachments: [{ url }], avatar_url: url, has_attachment: true },
    };
    const event = {
      ...{ type: 'content.imported', id: 'trap', issued_at: new Date().toISOString() },
      resource: { id: 'trap', metadata, url },
    };
    const answer = await fetch(world.webhookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-dimelo-secret': secrets.BATON_WEBHOOK_SECRET,
        ...{ referer: url, 'x-forwarded-host': url, traceparent: url },
      },
      body: JSON.stringify({ id: 'trap', domain_id: 'trap', callback: url, events: [event] }),
    });
    expect(answer.status).toBe(200);
    await ana.untilQuiet();
    expect(caught).toBe(0);
    await fetch(url);
    expect(caught).toBe(1);
  });
});
