/** What code that is not ours may read on the platform, and what it may not. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createReader } from '../../engage/reader.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';

let target: HttpTarget;
beforeAll(async () => {
  target = await startHttpTarget();
});
beforeEach(() => {
  target.asked.length = 0;
  target.answer = json(200, { id: 'x' });
});
afterAll(() => target.close());

type Query = Parameters<ReturnType<typeof createReader>>[1];
const read = (path: string, query: Query = []) =>
  createReader({ url: target.url, token: 'a-token', timeout: 60_000 })(path, query);

it.each([
  ['/contents/c1', '/1.0/contents/c1'],
  ['/1.0/contents/c1', '/1.0/contents/c1'],
  ['/1.0/contents?q=thread%3At1', '/1.0/contents?q=thread%3At1'],
  ['/users/u1/sources_permissions', '/1.0/users/u1/sources_permissions'],
  ['/content_threads/t1', '/1.0/content_threads/t1'],
])('reads %s', async (path, url) => {
  expect(await read(path)).toEqual({ id: 'x' });
  expect(target.asked).toMatchObject([
    { method: 'GET', url, headers: { authorization: 'Bearer a-token' } },
  ]);
});

it('asks for lists as the platform wants them', async () => {
  await read('/status', [
    ['source_ids[]', 'a'],
    ['source_ids[]', 'b'],
  ]);
  expect(target.asked[0]?.url).toBe('/1.0/status?source_ids%5B%5D=a&source_ids%5B%5D=b');
});

it.each([
  ['another host', 'https://elsewhere.example/1.0/contents'],
  ['another host without a scheme', '//elsewhere.example/contents'],
  ['another host by backslashes', '\\\\elsewhere.example\\contents'],
  ['the GET that opens a thread', '/content_threads/t1/open'],
  ['the same, as a format', '/content_threads/t1/open.json'],
  ['the same, disguised', '/content%5Fthreads/t1/open'],
  ['the same, from below', '/content_threads/t1/x/../open'],
  ['hidden steps', '/contents/%2e%2e%2fcontent_threads/t1/open'],
  ['an encoded slash', '/users/u1%2f..%2fx'],
  ['another token', '/contents?access_token=x'],
  ['another user’s eyes', '/contents?impersonated_user_id=u2'],
  ['nothing', ''],
  ['what is no address', 'http://'],
])('does not read %s', async (_, path) => {
  await expect(read(path)).rejects.toThrow('GET, not sent');
  expect(target.asked).toEqual([]);
});

it('does not follow another token among the parameters either', async () => {
  await expect(read('/contents', [['impersonated_user_id[]', 'u2']])).rejects.toThrow('not sent');
  expect(target.asked).toEqual([]);
});

it('recognises the platform’s refusal by its status', async () => {
  target.answer = json(404, { error: 'not_found', message: 'no', status: 404 });
  await expect(read('/contents/c1')).rejects.toMatchObject({
    status: 404,
    identifier: 'not_found',
  });
});
