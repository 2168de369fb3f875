/** What the Temporal UI is shown of encrypted payloads: to whom, from where, and that it is written down. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCodecRoutes } from '../../api/codec/routes.js';
import { createGuarded } from '../../api/limits/guarded.js';
import { createCredentials } from '../../api/operator/credentials.js';
import { createSessions } from '../../api/operator/session.js';
import { getEncryption } from '../../temporal/encryption/data-converter.js';
import {
  createEncryptedPayloads,
  type JsonPayload,
} from '../../temporal/encryption/encrypted-payloads.js';
import { operators, tokens, type Person } from '../harness/operators.js';
import { createEncryptedPlace } from '../harness/encrypted.js';

const origin = 'https://temporal.example';
const place = await createEncryptedPlace();
afterAll(() => place.remove());

const lines: string[] = [];
const sink = new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) });
const credentials = createCredentials(operators, undefined);
const sessions = createSessions(credentials, { secret: undefined, isHttps: true });
const app = createCodecRoutes(
  {
    ...{ credentials, sessions, namespace: 'default', origin },
    payloads: createEncryptedPayloads(place.encryption),
  },
  createGuarded({ log: pino(sink) }),
);
app.get('/begin', (c) => {
  sessions.begin(c, credentials.byToken(tokens.olga)!);
  return c.text('ok');
});

const words = '"canary nobody may read"';
let encrypted: JsonPayload;
beforeAll(async () => {
  const [codec] = getEncryption(place.encryption).forClients.payloadCodecs ?? [];
  const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(words) };
  const context = { type: 'workflow', namespace: 'default', workflowId: 'thread:d:ana' } as const;
  const [made] = (await codec?.encode([payload], context)) ?? [];
  const base64 = (bytes: Uint8Array | null | undefined) =>
    Buffer.from(bytes ?? []).toString('base64');
  const metadata = Object.entries(made?.metadata ?? {}).map(([name, value]) => [
    name,
    base64(value),
  ]);
  encrypted = {
    metadata: Object.fromEntries(metadata) as Record<string, string>,
    data: base64(made?.data),
  };
});

const ask = (headers: Record<string, string>, body: unknown = { payloads: [encrypted] }) =>
  app.request('/decode', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-namespace': 'default', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const as = (person: Person) => ({ authorization: `Bearer ${tokens[person]}` });

async function shown(response: Response): Promise<string> {
  const { payloads } = (await response.json()) as { payloads: JsonPayload[] };
  return Buffer.from(payloads[0]?.data ?? '', 'base64').toString();
}

describe('a encrypted payload', () => {
  it('is opened for an operator, and written down without a word of it', async () => {
    const response = await ask(as('olga'));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await shown(response)).toBe(words);
    const line = JSON.parse(lines.at(-1) ?? '') as object;
    expect(line).toMatchObject({ by: 'olga', payloads: 1, msg: 'payloads were decoded' });
    expect(lines.join()).not.toContain('canary');
  });

  it.each([
    ['nobody', {}, 401],
    ['a token nobody has', { authorization: 'Bearer guessed' }, 401],
    ['a viewer', as('vera'), 403],
    ['an admin of one source', as('mona'), 403],
    ['another namespace', { ...as('olga'), 'x-namespace': 'theirs' }, 403],
  ])('is not, for %s', async (_, headers, status) => {
    const response = await ask(headers);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('canary');
  });

  it('is opened by a session from the UI’s own page alone', async () => {
    const begun = await app.request('/begin');
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await ask({ cookie, origin })).status).toBe(200);
    // The UI may send the token of its own log-in beside it.
    expect((await ask({ cookie, origin, authorization: 'Bearer of-the-ui' })).status).toBe(200);
    expect((await ask({ cookie })).status).toBe(401);
    expect((await ask({ cookie, origin: 'https://evil.example' })).status).toBe(401);
  });

  it('whose key was destroyed says so', async () => {
    await getEncryption(place.encryption).keys.destroy(['thread:d:ana']);
    expect(await shown(await ask(as('olga')))).toMatch(/erased: its key has been destroyed/);
  });
});

it('CORS headers allow the UI’s origin only, its headers, and cookies', async () => {
  const preflight = async (from: string) => {
    const headers = { origin: from, 'access-control-request-method': 'POST' };
    return (await app.request('/decode', { method: 'OPTIONS', headers })).headers;
  };
  const evil = await preflight('https://evil.example');
  expect(evil.get('access-control-allow-origin')).toBeNull();
  const headers = await preflight(origin);
  expect(headers.get('access-control-allow-origin')).toBe(origin);
  expect(headers.get('access-control-allow-credentials')).toBe('true');
  expect(headers.get('access-control-allow-methods')).toBe('POST');
  expect(headers.get('access-control-allow-headers')).toBe(
    'content-type,x-namespace,authorization',
  );
});

it.each([
  ['{"payloads":', 400],
  ['{"payloads":"canary"}', 422],
  ['{"payloads":[{"data":"not base64!"}]}', 422],
  [`{"payloads":["${'x'.repeat(9 * 1024 * 1024)}"]}`, 413],
])('a body that makes no sense is refused: %.30s', async (body, status) => {
  const response = await ask({ ...as('olga'), 'content-length': `${body.length}` }, body);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain('canary');
});

it('refuses to encrypt', async () => {
  const response = await app.request('/encode', {
    method: 'POST',
    headers: as('adam'),
    body: '{}',
  });
  expect(response.status).toBe(403);
});
