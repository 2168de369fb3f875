/** The operator by HTTP: each check with its own answer, in order; dry run before anything is done. */
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.js';
import { createLog } from '../../runtime/log.js';
import { listen, type Listening } from '../../runtime/listen.js';
import { developmentSecrets } from '../../settings/development.js';
import { readApiEnvironment } from '../../settings/environment.js';
import { EmergencyAbandoned, type Emergencies } from '../../temporal/emergencies.js';
import { TemporalAway } from '../../temporal/operator-connection.js';
import type { EmergencyView, ThreadSearch } from '../../workflows/contract/index.js';
import { operatorOptions } from '../harness/operator-options.js';
import { RecordedThreads } from '../harness/recorded-threads.js';

const token = 'token-of-the-operator';
const none = { found: 0, moved: 0, left: 0, failed: 0, remaining: 0, isDone: false };
const act = { by: 'olga', why: 'nonsense', at: '2026-01-15T09:00:00.000Z' };
const inForce: EmergencyView = {
  scope: { source: 'chat' },
  sources: ['chat'],
  isInForce: true,
  declared: act,
  toHumans: { ...none, failedThreads: [] },
  waiting: 0,
};

/** Keeps what it was asked; answers what a test says. */
class RecordedEmergencies implements Emergencies {
  readonly asked: unknown[] = [];
  known: readonly EmergencyView[] = [];
  trouble: Error | undefined;

  declare(input: unknown): Promise<EmergencyView> {
    return this.#answer({ declare: input }, inForce);
  }

  end(input: unknown): Promise<EmergencyView | undefined> {
    return this.#answer({ end: input }, this.known[0]);
  }

  list(): Promise<readonly EmergencyView[]> {
    return this.trouble ? Promise.reject(this.trouble) : Promise.resolve(this.known);
  }

  count({ phase, sources = [] }: ThreadSearch): Promise<number> {
    if (this.trouble) return Promise.reject(this.trouble);
    const counts = { bot: 5, handover: 2, agent: 1 };
    return Promise.resolve(sources[0] === 'chat' ? counts[phase] : 0);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #answer<T>(asked: unknown, answer: T): Promise<T> {
    this.asked.push(asked);
    return this.trouble ? Promise.reject(this.trouble) : Promise.resolve(answer);
  }
}

let emergencies = new RecordedEmergencies();
let server: Listening;
let bare: Listening;

beforeAll(async () => {
  const common = {
    threads: new RecordedThreads(),
    webhookSecrets: ['webhook-secret'],
    verifyToken: 'verify-token',
    isOurs: () => true,
    log: createLog('api', 'silent'),
  };
  const names = {
    sources: [
      { name: 'chat', bot: 'helper', others: [] },
      { name: 'messages', bot: 'helper', others: [] },
    ],
    bots: ['helper', 'spare'],
  };
  const through: Emergencies = {
    declare: (input) => emergencies.declare(input),
    end: (input) => emergencies.end(input),
    list: () => emergencies.list(),
    count: (search) => emergencies.count(search),
    close: () => emergencies.close(),
  };
  const at = { hostname: '127.0.0.1', port: 0, setting: 'TEST' };
  const operator = operatorOptions({ token, emergencies: through, names });
  server = await listen(createApp({ ...common, operator }), at);
  bare = await listen(createApp(common), at);
});
afterAll(async () => {
  await server.close();
  await bare.close();
});
beforeEach(() => {
  emergencies = new RecordedEmergencies();
});

const good = { scope: { all: true }, why: 'nonsense', by: 'olga', dryRun: true };

type Sent = {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly to?: Listening;
};

async function send({ path = '', method = 'POST', headers, body = good, to = server }: Sent = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`http://127.0.0.1:${to.port}/operator/emergency${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(method === 'POST' && { body: text }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const emergencyRoutes: readonly Sent[] = [
  { method: 'GET' },
  { method: 'POST' },
  { method: 'POST', path: '/end' },
];

describe.each(emergencyRoutes)('$method /operator/emergency$path', (endpoint) => {
  it.each([
    ['no token', ''],
    ['a wrong token', `Bearer ${token}x`],
    ['a beginning of the token', `Bearer ${token.slice(0, -1)}`],
    ['the token without its word', token],
    ['another scheme', `Basic ${token}`],
    ['the webhook’s secret', 'Bearer webhook-secret'],
  ])('%s: 401', async (_, authorization) => {
    const { status, body } = await send({ ...endpoint, headers: { authorization } });
    expect(status).toBe(401);
    expect(JSON.stringify(body)).not.toContain(token);
    expect(emergencies.asked).toEqual([]);
  });

  it('without a token in the environment: 403, saying which variable to set', async () => {
    const { status, body } = await send({ ...endpoint, to: bare });
    expect(status).toBe(403);
    expect(body['message']).toContain('BATON_OPERATOR_TOKEN');
  });

  it('Temporal is away: 503', async () => {
    emergencies.trouble = new TemporalAway('nobody answered');
    const given = { ...good, dryRun: false };
    expect(await send({ ...endpoint, body: given })).toMatchObject({
      status: 503,
      body: { error: 'temporal_away' },
    });
  });

  it('something else is wrong: 500, and no word of it', async () => {
    emergencies.trouble = new Error('canary');
    const answer = await send({ ...endpoint, body: { ...good, dryRun: false } });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer)).not.toContain('canary');
  });
});

describe.each(['', '/end'])('a call of /operator/emergency%s', (path) => {
  const reason = { why: 'nonsense', by: 'olga', dryRun: true };
  it.each([
    ['no scope', { ...reason }, 'scope'],
    ['a scope of nothing', { ...reason, scope: {} }, 'scope'],
    ['a scope of two', { ...reason, scope: { all: true, bot: 'helper' } }, 'scope'],
    ['a scope that is a word', { ...reason, scope: 'all' }, 'scope'],
    ['not all', { ...reason, scope: { all: false } }, 'scope.all'],
    ['another kind of scope', { ...reason, scope: { channel: 'chat' } }, 'scope.channel'],
    ['no reason', { ...good, why: undefined }, 'why'],
    ['an empty reason', { ...good, why: '  ' }, 'why'],
    ['a very long reason', { ...good, why: 'x'.repeat(501) }, 'why'],
    ['nobody', { ...good, by: undefined }, 'by'],
    ['no word on dry run', { ...good, dryRun: undefined }, 'dryRun'],
    ['a dry run in words', { ...good, dryRun: 'true' }, 'dryRun'],
    ['a field that does not exist', { ...good, dryrun: true }, 'dryrun'],
    ['a list', [good], 'body'],
  ])('with %s: 422, naming the field', async (_, body, field) => {
    const { status, body: answer } = await send({ path, body });
    expect(status).toBe(422);
    const fields = answer['fields'] as readonly { field: string }[];
    expect(fields.map((one) => one.field)).toContain(field);
    expect(emergencies.asked).toEqual([]);
  });

  it.each([
    ['over 16 KiB', 413, JSON.stringify({ ...good, why: 'x'.repeat(17_000) }), {}],
    ['of another type', 415, JSON.stringify(good), { 'content-type': 'text/plain' }],
    ['that is no JSON', 400, '{"scope":', {}],
  ])('%s: %i', async (_, status, body, headers) => {
    expect((await send({ path, body, headers })).status).toBe(status);
    expect(emergencies.asked).toEqual([]);
  });
});

it('a chunked body over 16 KiB: 413, counted while it comes', async () => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const status = await new Promise((resolve) => {
    const url = `http://127.0.0.1:${server.port}/operator/emergency`;
    const outgoing = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.write('{"why":"');
    outgoing.end('x'.repeat(17_000));
  });
  expect(status).toBe(413);
});

describe('declaring', () => {
  it.each([
    [{ source: 'mail' }, 'scope.source', 'unknown source mail; configured: chat, messages'],
    [{ bot: 'chat' }, 'scope.bot', 'unknown bot chat; configured: helper, spare'],
  ])('an unknown name: 422, naming it and those there are', async (scope, field, problem) => {
    const answer = await send({ body: { ...good, scope } });
    expect(answer).toMatchObject({ status: 422, body: { fields: [{ field, problem }] } });
  });

  it('dry counts by source, bot and phase, and declares nothing', async () => {
    const { status, body } = await send({ body: { ...good, scope: { bot: 'helper' } } });
    expect(status).toBe(200);
    expect(body).toEqual({
      dryRun: true,
      scope: { bot: 'helper' },
      isInForce: false,
      wouldMove: 5,
      sources: [
        { source: 'chat', bot: 'helper', wouldMove: 5, phases: { bot: 5, handover: 2, agent: 1 } },
        {
          ...{ source: 'messages', bot: 'helper', wouldMove: 0 },
          phases: { bot: 0, handover: 0, agent: 0 },
        },
      ],
    });
    expect(emergencies.asked).toEqual([]);
  });

  it('says who, why and which sources', async () => {
    const scope = { bot: 'helper' };
    const { status } = await send({ body: { ...good, scope, dryRun: false } });
    expect(status).toBe(202);
    const sources = ['chat', 'messages'];
    expect(emergencies.asked).toEqual([
      { declare: { scope, sources, why: 'nonsense', by: 'olga' } },
    ]);
  });

  it('all names no sources: there may be some that have left the file', async () => {
    await send({ body: { ...good, dryRun: false } });
    expect(emergencies.asked).toEqual([
      { declare: { scope: { all: true }, why: 'nonsense', by: 'olga' } },
    ]);
  });
});

describe('ending', () => {
  it('what was never declared: 404', async () => {
    expect((await send({ path: '/end', body: { ...good, dryRun: false } })).status).toBe(404);
  });

  it('a source that has left the file is possible', async () => {
    emergencies.known = [inForce];
    const scope = { source: 'gone' };
    expect((await send({ path: '/end', body: { ...good, scope, dryRun: false } })).status).toBe(
      202,
    );
  });

  it('dry counts those who would come back, but not where another emergency holds them', async () => {
    emergencies.known = [inForce, { ...inForce, scope: { bot: 'helper' } }];
    const both = await send({ path: '/end', body: { ...good, scope: { source: 'chat' } } });
    expect(both.body).toMatchObject({ isInForce: true, wouldReturn: 0 });
    emergencies.known = [inForce];
    const alone = await send({ path: '/end', body: { ...good, scope: { source: 'chat' } } });
    expect(alone.body).toMatchObject({ isInForce: true, wouldReturn: 2 });
    expect(emergencies.asked).toEqual([]);
  });

  it('one whose workflow was terminated: 409, with instructions', async () => {
    emergencies.trouble = new EmergencyAbandoned('declare it again, then end it');
    const answer = await send({ path: '/end', body: { ...good, dryRun: false } });
    expect(answer).toMatchObject({
      status: 409,
      body: { message: 'declare it again, then end it' },
    });
  });
});

it('shows what is in force, and what was', async () => {
  const ended = { ...inForce, isInForce: false, scope: { all: true } as const };
  emergencies.known = [ended, inForce];
  const { status, body } = await send({ method: 'GET' });
  expect(status).toBe(200);
  expect(body).toEqual({ inForce: [{ source: 'chat' }], emergencies: [ended, inForce] });
});

describe('the token', () => {
  const real = {
    ENGAGE_URL: 'https://shop.api.digital.ringcentral.com',
    BATON_WEBHOOK_SECRET: 'webhook-secret',
    BATON_WEBHOOK_VERIFY_TOKEN: 'verify-token',
  };

  it('is optional, and long', () => {
    expect(readApiEnvironment(real).BATON_OPERATOR_TOKEN).toBeUndefined();
    expect(() => readApiEnvironment({ ...real, BATON_OPERATOR_TOKEN: 'short-token' })).toThrow(
      'BATON_OPERATOR_TOKEN: expected at least 16 characters',
    );
  });

  it('is made up for development, also where secrets of an earlier version are kept', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'baton-secrets-')), 'secrets.json');
    const { BATON_OPERATOR_TOKEN: made, ...earlier } = developmentSecrets(path);
    expect(made.length).toBeGreaterThan(30);
    writeFileSync(path, JSON.stringify(earlier));
    const completed = developmentSecrets(path);
    expect(completed).toMatchObject(earlier);
    expect(completed.BATON_OPERATOR_TOKEN.length).toBeGreaterThan(30);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(completed);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
