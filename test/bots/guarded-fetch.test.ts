/** What a bot's settings may make Baton call, and what they may not. */
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedLookup, findRefusal } from '../../bots/http/addresses.js';
import { createGuardedFetch, readHost } from '../../bots/http/guarded-fetch.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { startNobody } from '../harness/nobody.js';

let target: HttpTarget;
let port: string;
beforeEach(async () => {
  target = await startHttpTarget();
  port = new URL(target.url).port;
});
afterEach(() => target.close());

const maxBytes = 1_000;
const inside = () => createGuardedFetch({ allow: ['127.0.0.1'], allowPrivate: true, maxBytes });

/** Names become these addresses; what was looked up is kept. */
function names(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const lookup: LookupFunction = (name, _, callback) => {
    const addresses = answers[Math.min(asked.push(name), answers.length) - 1] ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup, asked };
}

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error as Error & { isFinal?: boolean },
  );

describe('a host', () => {
  it('that is allowed is asked, and answers', async () => {
    target.answer = json(201, { hello: 'there' }, { 'x-kind': 'bot' });
    const sent = { method: 'POST', body: '{"a":1}', headers: { 'x-key': 'k' } };
    const response = await inside()(`${target.url}/turn?x=1`, sent);
    expect([response.status, response.headers.get('x-kind'), response.url]).toEqual([
      201,
      'bot',
      `${target.url}/turn?x=1`,
    ]);
    expect(await response.json()).toEqual({ hello: 'there' });
    expect(target.asked).toMatchObject([
      { method: 'POST', url: '/turn?x=1', body: '{"a":1}', headers: { 'x-key': 'k' } },
    ]);
  });

  it('is asked for a Request, too', async () => {
    const request = new Request(target.url, { method: 'PUT', body: 'words', headers: { a: 'b' } });
    expect((await inside()(request)).status).toBe(200);
    expect(target.asked).toMatchObject([{ method: 'PUT', body: 'words', headers: { a: 'b' } }]);
  });

  it.each([
    ['another host', 'http://127.0.0.2:PORT/', 'UrlRefused'],
    ['another port', 'http://127.0.0.1:1/', 'UrlRefused'],
    ['a longer name', 'http://127.0.0.1.evil.example:PORT/', 'UrlRefused'],
    ['a password', 'http://user:swordfish@127.0.0.1:PORT/', 'UrlRefused'],
    ['a file', 'file:///etc/passwd', 'UrlRefused'],
    ['no scheme', 'swordfish', 'UrlRefused'],
  ])('that is not allowed is not: %s', async (_, url, name) => {
    const call = createGuardedFetch({
      allow: [readHost(target.url)],
      allowPrivate: true,
      maxBytes,
    });
    const error = await failure(call(`${url.replace('PORT', port)}?key=swordfish`));
    expect(error).toMatchObject({ name, isFinal: true });
    expect(error?.message).not.toContain('swordfish');
    expect(target.asked).toEqual([]);
  });

  it.each(['http://host', 'host/path', 'a b', 'user@host', 'host:'])(
    'cannot be allowed by what is none: %s',
    (allow) => {
      expect(() => createGuardedFetch({ allow: [allow], maxBytes })).toThrow('an allowed host');
    },
  );
});

describe('an address inside', () => {
  it.each([
    ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0', '10.0.0.1'],
    ...['172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1', '192.0.2.1'],
    ...['255.255.255.255', '[::1]', '[::]', '[fd00::1]', '[fe80::1]', '[ff02::1]'],
    ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'],
    ...['[::127.0.0.1]', '[fd00:ec2::254]', '168.63.129.16', '[::ffff:a9fe:a9fe]'],
  ])('is not called when the settings name it: %s', async (host) => {
    const call = createGuardedFetch({ allow: [host], maxBytes });
    const error = await failure(call(`http://${host}:${port}/?key=swordfish`));
    expect(error).toMatchObject({ name: 'AddressRefused', isFinal: true });
    expect(error?.message).not.toContain('swordfish');
    expect(target.asked).toEqual([]);
  });

  it.each([[['127.0.0.1']], [['::1']], [['::ffff:127.0.0.1']], [['8.8.8.8', '10.0.0.1']]])(
    'is not called when a name leads there: %s',
    async (addresses) => {
      const { lookup, asked } = names(addresses);
      const call = createGuardedFetch({ allow: ['bot.example'], maxBytes, lookup });
      const error = await failure(call(`http://bot.example:${port}/`));
      expect(error?.name).toBe('AddressRefused');
      expect(error?.message).toMatch(/^bot\.example has an address that may not be called: \w+$/);
      expect([asked, target.asked]).toEqual([['bot.example'], []]);
    },
  );

  it('is called where the settings allow it, by name and by number', async () => {
    const { lookup } = names(['127.0.0.1']);
    const allow = ['bot.example', '127.1'];
    const call = createGuardedFetch({ allow, allowPrivate: true, maxBytes, lookup });
    expect((await call(`http://bot.example:${port}/`)).status).toBe(200);
    expect((await call(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it.each(['169.254.169.254', '168.63.129.16', '::ffff:169.254.169.254', '0.0.0.0', '224.0.0.1'])(
    'is never called where credentials are given out, or everybody is meant: %s',
    (address) => {
      expect(findRefusal(address, true)).toBeTypeOf('string');
    },
  );

  it.each(['93.184.215.14', '2606:4700::6810:84e5', '64:ff9b::808:808', '::ffff:8.8.8.8'])(
    'is not what a public address is taken for: %s',
    (address) => {
      expect(findRefusal(address, false)).toBeUndefined();
    },
  );
});

describe('a name that changes its meaning', () => {
  it('gains nothing: what is checked is what is connected to', async () => {
    const { lookup } = names(['8.8.8.8'], ['127.0.0.1']);
    const refuse = (_: string, address: string) =>
      findRefusal(address, false) ? new Error(`refused ${address}`) : undefined;
    const guarded = guardedLookup(refuse, lookup);
    const resolve = (all: boolean) =>
      new Promise((settle) => {
        guarded('bot.example', { all }, (error, found: string | LookupAddress[]) =>
          settle(error?.message ?? found),
        );
      });
    expect(await resolve(true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(await resolve(false)).toBe('refused 127.0.0.1');
  });

  it('is looked at for each connection anew', async () => {
    const { lookup, asked } = names(['127.0.0.1'], ['169.254.169.254']);
    target.answer = json(200, {}, { connection: 'close' });
    const options = { allow: ['bot.example'], allowPrivate: true, maxBytes, lookup };
    const call = createGuardedFetch(options);
    expect(await (await call(`http://bot.example:${port}/`)).json()).toEqual({});
    const error = await failure(call(`http://bot.example:${port}/`));
    expect([error?.name, asked.length, target.asked.length]).toEqual(['AddressRefused', 2, 1]);
  });
});

describe('an answer', () => {
  it.each([301, 302, 303, 307, 308])('that sends elsewhere (%d) is not followed', async (code) => {
    target.answer = json(code, {}, { location: `${target.url}/elsewhere?key=swordfish` });
    const error = await failure(inside()(target.url));
    expect(error).toMatchObject({ name: 'RedirectRefused', isFinal: true });
    expect(error?.message).toBe(`127.0.0.1 answered ${code}; redirects are not followed`);
    expect(target.asked.map(({ url }) => url)).toEqual(['/']);
  });

  it('that says it is too large is not read', async () => {
    target.answer = (_, response) => response.writeHead(200, { 'content-length': 1_001 }).end();
    expect(await failure(inside()(target.url))).toMatchObject({ name: 'BodyTooLarge' });
  });

  it('of 10 MB without a length is cut off at the limit', async () => {
    let written = 0;
    const closed = new Promise<void>((resolve) => {
      target.answer = (_, response) => {
        response.on('close', resolve);
        const more = (): void => {
          if (written >= 10_000_000 || response.destroyed) return void response.end();
          written += 10_000;
          if (response.write(Buffer.alloc(10_000))) setImmediate(more);
          else response.once('drain', more);
        };
        more();
      };
    });
    const response = await inside()(target.url);
    const error = await failure(response.text());
    expect(error).toMatchObject({ name: 'BodyTooLarge', isFinal: true });
    expect(error?.message).toBe('127.0.0.1 answered with more than 1000 bytes');
    await closed;
    expect(written).toBeLessThan(10_000_000);
  });

  it('is counted as it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(500_000));
    expect(bomb.length).toBeLessThan(maxBytes);
    target.answer = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    };
    const error = await failure((await inside()(target.url)).arrayBuffer());
    expect(error?.name).toBe('BodyTooLarge');
  });

  it('may be exactly as large as agreed, or nothing at all', async () => {
    target.answer = (_, response) => response.end('x'.repeat(maxBytes));
    expect(await (await inside()(target.url)).text()).toHaveLength(maxBytes);
    target.answer = (_, response) => response.writeHead(204).end();
    const nothing = await inside()(target.url);
    expect([nothing.status, nothing.body]).toEqual([204, null]);
  });

  it('comes as it is written: streams are not held back', async () => {
    let more: () => void = () => undefined;
    target.answer = (_, response) => {
      response.write('first');
      more = () => response.end('last');
    };
    const reader = (await inside()(target.url)).body!.getReader();
    const word = async () => new TextDecoder().decode((await reader.read()).value as Uint8Array);
    expect(await word()).toBe('first');
    more();
    expect(await word()).toBe('last');
  });
});

describe('who asks', () => {
  it('may withdraw before the answer', async () => {
    const withdrawn = new AbortController();
    target.answer = () => withdrawn.abort(new Error('nobody wants it'));
    const error = await failure(inside()(target.url, { signal: withdrawn.signal }));
    expect(error?.message).toBe('nobody wants it');
  });

  it('may withdraw in the middle of it', async () => {
    const withdrawn = new AbortController();
    target.answer = (_, response) => void response.write('first');
    const response = await inside()(target.url, { signal: withdrawn.signal });
    const reader = response.body!.getReader();
    await reader.read();
    const rest = failure(reader.read());
    withdrawn.abort();
    expect((await rest)?.name).toBe('AbortError');
  });

  it('fails as unreachable, and may be retried', async () => {
    const nobody = await startNobody();
    const error = await failure(inside()(`${nobody.url}/?key=swordfish`));
    await nobody.close();
    expect(error).toMatchObject({ name: 'NotReached', isFinal: false });
    expect(error?.message).toBe('127.0.0.1 could not be reached: ECONNREFUSED');
  });

  it('fails if the response breaks off', async () => {
    target.answer = (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    };
    const error = await failure((await inside()(target.url)).text());
    expect(error).toMatchObject({ name: 'NotReached', isFinal: false });
  });
});
