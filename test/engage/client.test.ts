/** The Engage client against a real HTTP server: what it sends, and one error for each cause. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEngageClient, type EngageClient } from '../../engage/client.js';
import { EngageError, errorTable, type EngageErrorCode } from '../../engage/errors.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { startNobody } from '../harness/nobody.js';

/** No answer that comes is too late for it. */
const timeout = 60_000;
let platform: HttpTarget;
let engage: EngageClient;
const content = { id: 'c', created_at: '2026-01-15T09:30:00Z' };

beforeAll(async () => {
  platform = await startHttpTarget();
});
afterAll(() => platform.close());
beforeEach(() => {
  platform.asked.length = 0;
  engage = createEngageClient({ url: platform.url, token: 'the-token', timeout });
});

async function errorOf(call: Promise<unknown>): Promise<EngageError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EngageError) return error;
  throw new Error('the call did not fail with an EngageError');
}

describe('a call', () => {
  it('carries the token in the header only, and text in the body only', async () => {
    platform.answer = json(200, content);
    await engage.createReply({ inReplyToId: 'q', body: 'my secret words', isPrivate: true });
    const [asked] = platform.asked;
    expect(asked?.headers.authorization).toBe('Bearer the-token');
    expect(asked?.url).toBe('/1.0/contents');
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      in_reply_to_id: 'q',
      body: 'my secret words',
      private: true,
    });
  });

  it('sends the whole set of categories as a form, each under name[]', async () => {
    platform.answer = json(200, { id: 't' });
    await engage.setThreadCategories('t', ['a', 'b']);
    const [asked] = platform.asked;
    expect(`${asked?.method} ${asked?.url}`).toBe('PUT /1.0/content_threads/t/update_categories');
    expect(new URLSearchParams(asked?.body).getAll('thread_category_ids[]')).toEqual(['a', 'b']);
  });

  it.each(['', '/', '/1.0', '/1.0/'])(
    'takes the account’s URL with "%s" at its end',
    async (end) => {
      platform.answer = json(200, { id: 't' });
      const options = { url: `${platform.url}${end}`, token: 'x', timeout };
      await createEngageClient(options).getThread('t');
      expect(platform.asked[0]?.url).toBe('/1.0/content_threads/t');
    },
  );

  it('keeps a strange id inside its place in the path', async () => {
    platform.answer = json(200, { id: 't' });
    await engage.getThread('../webhooks?x=1');
    expect(platform.asked[0]?.url).toBe('/1.0/content_threads/..%2Fwebhooks%3Fx%3D1');
  });

  it('is one attempt', async () => {
    platform.answer = json(503, {});
    await errorOf(engage.getThread('t'));
    expect(platform.asked).toHaveLength(1);
  });
});

describe('an answer becomes the error of its cause', () => {
  it.each<[number, string, EngageErrorCode]>([
    [400, 'bad_request', 'InvalidRequest'],
    [401, 'unauthorised', 'TokenRefused'],
    [403, 'forbidden', 'NotAuthorised'],
    [403, 'cant_reply_to_closed_thread', 'ThreadLocked'],
    [404, 'not_found', 'NotFound'],
    [405, 'x', 'InvalidRequest'],
    [408, 'x', 'PlatformFailed'],
    [409, 'conflict', 'Conflict'],
    [413, 'x', 'InvalidRequest'],
    [422, 'validation_error', 'Unprocessable'],
    [429, 'rate_limit_exceeded', 'RateLimited'],
    [500, 'x', 'PlatformFailed'],
    [502, 'x', 'PlatformFailed'],
    [503, 'x', 'PlatformFailed'],
    [504, 'x', 'PlatformFailed'],
  ])('%i %s: %s', async (status, identifier, code) => {
    platform.answer = json(status, { error: identifier, message: 'why', status });
    const error = await errorOf(engage.getThread('t'));
    expect(error).toMatchObject({ code, status, identifier, ...errorTable[code] });
  });

  it('without JSON too', async () => {
    platform.answer = (_, response) => response.writeHead(502).end('<html>bad gateway</html>');
    expect((await errorOf(engage.getThread('t'))).code).toBe('PlatformFailed');
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['-1', undefined],
    ['Fri, 16 Jan 2026 09:30:00 GMT', undefined],
  ])('keeps the time the platform asks for: %s', async (written, retryAfter) => {
    platform.answer = json(429, {}, { 'retry-after': written });
    expect((await errorOf(engage.getThread('t'))).retryAfter).toBe(retryAfter);
  });
});

describe('a lost answer', () => {
  it.each<[string, HttpTarget['answer']]>([
    ['a cut connection', (_, response) => void response.destroy()],
    ['silence', () => undefined],
    ['half an answer', (_, response) => void response.write('{"id"', () => response.destroy())],
  ])('by %s may have happened', async (by, answer) => {
    platform.answer = answer;
    const soon = { url: platform.url, token: 'the-token', timeout: 500 };
    const asked = by === 'silence' ? createEngageClient(soon) : engage;
    const error = await errorOf(
      asked.createReply({ inReplyToId: 'q', body: 'b', isPrivate: true }),
    );
    expect(error.code).toBe('AnswerLost');
    expect(error.mayHaveHappened).toBe(true);
  });

  it('that is no answer of the platform’s may have happened, and may pass', async () => {
    platform.answer = json(200, { surprise: true });
    const error = await errorOf(
      engage.createReply({ inReplyToId: 'q', body: 'b', isPrivate: true }),
    );
    expect(error).toMatchObject({ code: 'BadAnswer', mayHaveHappened: true, isTransient: true });
  });

  it.each([
    ['the HTML of a maintenance page', '<html>We are back soon.</html>'],
    ['a body cut off', '{"id": "c1", "thread_i'],
  ])('with status 200 and %s is an outage', async (_, body) => {
    platform.answer = (_asked, response) => void response.writeHead(200).end(body);
    const error = await errorOf(engage.getThread('t'));
    expect(error).toMatchObject({ code: 'BadAnswer', isTransient: true });
  });

  it('by a refused connection has certainly not happened', async () => {
    const nobody = await startNobody();
    const gone = createEngageClient({ url: nobody.url, token: 'x', timeout });
    const error = await errorOf(gone.getThread('t'));
    expect(error).toMatchObject({ code: 'NotConnected', mayHaveHappened: false });
    await nobody.close();
  });

  it('names the call, and neither token nor ids nor words', async () => {
    platform.answer = json(422, {
      error: 'validation_error',
      message: 'my secret words',
      status: 422,
    });
    const error = await errorOf(engage.getThread('66b0a1c2d3e4f5a6b7c8d905'));
    expect(error.message).toBe('GET /content_threads/{id} 422 validation_error');
  });

  it('is reported to the request counter, each once, by the class of its status', async () => {
    const outcomes: string[] = [];
    const options = { url: platform.url, token: 'x', timeout };
    const counted = createEngageClient({ ...options, onRequest: (one) => outcomes.push(one) });
    for (const status of [200, 304, 400, 401, 404, 429, 500, 503]) {
      platform.answer = json(status, { id: 't' });
      await counted.getThread('t').catch(() => undefined);
    }
    platform.answer = (_, response) => void response.destroy();
    await counted.getThread('t').catch(() => undefined);
    const classes = ['2xx', '3xx', '4xx', '401', '4xx', '429', '5xx', '5xx', 'unanswered'];
    expect(outcomes).toEqual(classes);
  });
});
