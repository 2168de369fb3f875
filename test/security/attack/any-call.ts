/**
 * Calls that nobody should make, to every endpoint of the ingress: half of them spoil something that would
 * have been right, because what is wrong at once is refused at once.
 */
import * as fc from 'fast-check';
import { anyValue, asBytes, brokenText, spoilt } from './any-body.js';
import type { RawCall } from './raw-call.js';

export type Known = {
  readonly webhookSecret: string;
  readonly operatorToken: string;
  readonly sourceId: string;
};

type Header = readonly [string, string];
type Target = {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
};

const framings: readonly RawCall['framing'][] = ['chunked', 'slow', 'cut', 'both', 'none'];
const framing: fc.Arbitrary<RawCall['framing']> = fc.oneof(
  { arbitrary: fc.constant<RawCall['framing']>('length'), weight: 6 },
  { arbitrary: fc.constantFrom(...framings), weight: 4 },
);

/** Beside or instead of the usual ones. */
const oddHeaders: fc.Arbitrary<readonly Header[]> = fc.array(
  fc.constantFrom<Header>(
    ['content-type', 'application/json'],
    ['content-type', 'text/plain'],
    ['content-type', 'application/json; charset=\xff\xfe'],
    ['x-dimelo-secret', ''],
    ['x-dimelo-secret', 's\xe9cr\xe8t'],
    ['authorization', 'Bearer'],
    ['authorization', `Bearer ${'x'.repeat(4_000)}`],
    ['cookie', 'baton=eyJ9.x; __proto__=1; baton=%00'],
    ['cookie', `baton=${'a.'.repeat(1_000)}`],
    ['idempotency-key', '\xff'],
    ['x-forwarded-for', '::1, 127.0.0.1, \xff'],
    ['traceparent', '00-zz-zz-01'],
    ['accept-encoding', 'gzip;q=nonsense, br'],
    ['if-none-match', '"'.repeat(500)],
    ['expect', '100-continue'],
    ['upgrade', 'websocket'],
    ['host', 'elsewhere.example:99999'],
    ['x-long', 'y'.repeat(20_000)],
    ['__proto__', 'polluted'],
  ),
  { maxLength: 2 },
);

const oddIds = fc.oneof(
  fc
    .string({ unit: 'binary', maxLength: 20 })
    .map((text) => encodeURIComponent(Buffer.from(text).toString())),
  fc.constantFrom('%', '%00', '%c0%af', '%ff', '..%2f..', 'a:b', ':', 'a:', '__proto__', "d:t'--"),
  fc.constantFrom('d:%22%20OR%201=1', `d:${'t'.repeat(1_500)}`, 'domain:%f0%9f%92%a5'),
);

const oddTargets = fc.oneof(
  fc.constantFrom('/', '//', '/..', '/console/../../etc/passwd', '/console/%2e%2e/%2e%2e/x', '*'),
  fc.constantFrom('http://elsewhere/operator/me', '/operator//me', '/OPERATOR/me', '/operator/me/'),
  fc.constantFrom('/webhooks/engage/', '/webhooks/engage?', '/webhooks/engage#x', '/%', '/\xff'),
  fc.constantFrom(
    '/console/assets/x.js',
    '/web-chat.js?x',
    '/openapi.json?__proto__[x]=1',
    '/readyz',
  ),
  fc.constantFrom(
    '/operator/session',
    '/operator/session/ways',
    '/operator/session/oidc/callback?code',
  ),
  fc.constant(`/${'x'.repeat(9_000)}`),
  oddIds.map((id) => `/${id}`),
);

function deliveries({ webhookSecret, sourceId }: Known): fc.Arbitrary<Target> {
  const good = fc.nat(10_000).map((number) => ({
    id: `fuzz-${number}`,
    domain_id: 'fuzz',
    events: [
      {
        ...{ type: 'content.imported', id: `event-${number}`, issued_at: '2026-01-15T09:30:00Z' },
        resource: {
          ...{ type: 'content', id: `content-${number}` },
          metadata: {
            ...{ thread_id: `fuzz-${number}`, source_id: sourceId, author_id: 'customer' },
            ...{ body: 'hello', category_ids: ['c'], private: false, status: 'new' },
          },
        },
      },
    ],
  }));
  const bodies = fc.oneof(
    { arbitrary: spoilt(good).map(asBytes), weight: 5 },
    { arbitrary: anyValue.map(asBytes), weight: 1 },
    { arbitrary: brokenText, weight: 2 },
  );
  const headers: readonly Header[] = [
    ['content-type', 'application/json'],
    ['x-dimelo-secret', webhookSecret],
  ];
  return bodies.map((body) => ({ method: 'POST', target: '/webhooks/engage', headers, body }));
}

function operatorCalls({ operatorToken }: Known): fc.Arbitrary<Target> {
  const commands = [
    ...['ask-handover', 'take-over', 'return-to-bot', 'answer-again'],
    ...['close', 'pause-bot', 'erase'],
  ];
  const writing = fc.oneof(
    fc.tuple(oddIds, fc.constantFrom(...commands)).map(([id, what]) => `/threads/${id}/${what}`),
    fc.constantFrom('/emergency', '/emergency/end', '/directory/refresh'),
  );
  const query = fc.tuple(
    fc.constantFrom('phase', 'source', 'size', 'page', 'timeZone', '__proto__'),
    oddIds,
  );
  const reading = fc.oneof(
    query.map(([name, value]) => `/threads?${name}=${value}`),
    oddIds.map((id) => `/threads/${id}`),
    oddIds.map((id) => `/threads/${id}/timeline?timeZone=Mars/Base`),
    fc.constantFrom('/me', '/counts', '/bots', '/sources', '/emergency', '/directory', '/nothing'),
  );
  const good = fc.constant({
    why: 'a test',
    by: 'fuzz',
    for: '1m',
    dryRun: true,
    scope: { all: true },
  });
  const bodies = fc.oneof(spoilt(good).map(asBytes), anyValue.map(asBytes), brokenText);
  const headers: readonly Header[] = [
    ['authorization', `Bearer ${operatorToken}`],
    ['content-type', 'application/json'],
  ];
  const posts = fc.tuple(writing, bodies).map(([path, body]) => ({ method: 'POST', path, body }));
  const gets = reading.map((path) => ({ method: 'GET', path, body: Buffer.alloc(0) }));
  return fc.oneof(posts, gets).map(({ path, ...rest }) => ({
    ...{ ...rest, target: `/operator${path}`, headers },
  }));
}

/** Routes for which the caller knows nothing, and paths that are none. */
const strangers: fc.Arbitrary<Target> = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'BREW'),
    fc.oneof(
      oddTargets,
      oddIds.map((id) => `/bots/answers/${id}`),
      fc.constantFrom(
        '/channels/source-sdk',
        '/channels/messenger',
        '/operator/session',
        '/metrics',
      ),
    ),
    fc.oneof(anyValue.map(asBytes), brokenText),
  )
  .map(([method, target, body]) => ({ method, target, headers: [], body }));

export function anyCall(known: Known): fc.Arbitrary<RawCall> {
  const targets = fc.oneof(
    { arbitrary: deliveries(known), weight: 4 },
    { arbitrary: operatorCalls(known), weight: 4 },
    { arbitrary: strangers, weight: 2 },
  );
  return fc.tuple(targets, oddHeaders, framing).map(([target, odd, how]) => ({
    ...{ method: target.method, target: target.target, body: target.body, framing: how },
    headers: [['host', '127.0.0.1'], ...target.headers, ...odd],
  }));
}
