/** How large and how often, at every endpoint, by the one table: at the limit, one beyond it, and after a while. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { network } from '../../api/limits/address.js';
import { createBuckets } from '../../api/limits/buckets.js';
import {
  routeLimits,
  formatSize,
  type RouteLimit,
  type LimitName,
} from '../../api/limits/routes.js';
import { listen, type Listening } from '../../runtime/listen.js';
import { exchange, type RawCall } from '../security/attack/raw-call.js';
import { counted, openAllRoutes, taking, type RouteCall } from '../harness/all-routes.js';
import { read } from '../harness/source-files.js';

const all = Object.entries(routeLimits) as [LimitName, RouteLimit][];

describe('often', () => {
  let now = 0;
  let app = openAllRoutes();
  beforeEach(() => {
    now = 0;
    app = openAllRoutes({ now: () => now, trustedProxies: 1 });
  });
  const ask = ({ method, target, headers }: RouteCall, from = '192.0.2.1') =>
    app.request(target, { method, headers: { ...headers, 'x-forwarded-for': from } });

  it.each(all)('%s: so many at once, then 429 until it says', async (name, { atOnce, per }) => {
    const call = counted[name];
    for (let times = 0; times < atOnce; times += 1) {
      expect((await ask(call)).status).not.toBe(429);
    }
    const refused = await ask(call);
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    if (per === 'address') expect((await ask(call, '192.0.2.2')).status).not.toBe(429);
    else expect((await ask(call, '192.0.2.2')).status).toBe(429);
    now += seconds * 1_000;
    expect((await ask(call)).status).not.toBe(429);
  });

  it('whoever has shown too many wrong tokens is refused with a right one too', async () => {
    const { target } = counted.operator;
    for (let times = 0; times < routeLimits.logIn.atOnce; times += 1) {
      const signIn = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const body = JSON.stringify({ token: `guess-${times}` });
      const headers = { ...signIn.headers, 'x-forwarded-for': '192.0.2.1' };
      const tried = await app.request('/operator/session', { method: 'POST', body, headers });
      expect(tried.status).toBe(401);
    }
    expect((await ask(counted.operator)).status).toBe(429);
    expect((await ask({ ...counted.operator, target }, '192.0.2.2')).status).toBe(200);
  });

  it('deliveries with the right secret are never counted, however many wrong ones came', async () => {
    for (let times = 0; times < 2 * routeLimits.webhook.atOnce; times += 1)
      await ask(counted.webhook);
    expect((await ask(counted.webhook)).status).toBe(429);
    const [, right] = taking[0]!;
    for (let times = 0; times < 2 * routeLimits.webhook.atOnce; times += 1) {
      expect((await ask(right(Buffer.alloc(0)))).status).toBe(400);
    }
  });
});

describe('large', () => {
  let server: Listening;
  beforeAll(async () => {
    const at = { hostname: '127.0.0.1', port: 0, setting: 'TEST' };
    server = await listen(openAllRoutes(), at);
  });
  afterAll(() => server.close());

  const send = async (call: RouteCall, body: Buffer, framing: RawCall['framing']) => {
    const headers = Object.entries({ host: '127.0.0.1', ...call.headers });
    const { method, target } = call;
    return (await exchange(server.port, { method, target, headers, body, framing })).status;
  };

  const framings = ['length', 'chunked'] as const;
  it.each(taking.flatMap(([name, call]) => framings.map((how) => [name, how, call] as const)))(
    '%s, %s: its limit passes, a byte more is 413',
    async (name, framing, call) => {
      const most = Buffer.alloc(routeLimits[name].body, ' ');
      const more = Buffer.alloc(routeLimits[name].body + 1, ' ');
      expect([413, undefined]).not.toContain(await send(call(most), most, framing));
      expect(await send(call(more), more, framing)).toBe(413);
    },
  );

  const none = all.filter(([, { body }]) => body === 0);
  it.each(none.flatMap(([name]) => framings.map((how) => [name, how] as const)))(
    '%s, %s: takes no body',
    async (name, framing) => {
      expect(await send(counted[name], Buffer.from('x'), framing)).toBe(413);
    },
  );
});

describe('a bucket', () => {
  it('gives what it has, and then what it earns', () => {
    let now = 0;
    const buckets = createBuckets({ atOnce: 2, perMinute: 6 }, { now: () => now });
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 10]);
    now = 4_000;
    expect(buckets.wait('a')).toBe(6);
    now = 10_000;
    expect([buckets.wait('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 10]);
    now = 1e9;
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 10]);
  });

  it('is one of a fixed number: a million names need no more memory than one', () => {
    const buckets = createBuckets({ atOnce: 1, perMinute: 1 }, { slots: 64, now: () => 0 });
    let given = 0;
    for (let name = 0; name < 1_000_000; name += 1) given += buckets.take(`${name}`) === 0 ? 1 : 0;
    expect(given).toBe(64);
  });
});

describe('an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['192.0.2.7:5678', '192.0.2.7'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2'],
    ['[::ffff:192.0.2.7]:443', '192.0.2.7'],
  ])('%s is of %s', (address, of) => {
    expect(network(address)).toBe(of);
  });

  it.each([
    ['is not believed without a proxy of ours', 0, ['1.1.1.1'], ['2.2.2.2'], true],
    ['is the last that our proxy wrote', 1, ['6.6.6.6, 1.1.1.1'], ['7.7.7.7, 1.1.1.1'], true],
    ['is another’s where our proxy says so', 1, ['1.1.1.1'], ['2.2.2.2'], false],
    ['is counted from the end', 2, ['9.9.9.9, 1.1.1.1, 3.3.3.3'], ['1.1.1.1, 3.3.3.3'], true],
  ])('that is forwarded %s', async (_, trustedProxies, [one], [other], isSame) => {
    const app = openAllRoutes({ trustedProxies, now: () => 0 });
    const from = (forwardedFor = '') =>
      app.request('/metrics', { headers: { 'x-forwarded-for': forwardedFor } });
    for (let times = 0; times < routeLimits.metrics.atOnce; times += 1) await from(one);
    expect((await from(other)).status).toBe(isSame ? 429 : 200);
  });
});

it('every route that is mounted is in the table', () => {
  const limited = all.flatMap(([, { routes }]) => routes.map((route) => route.split(' ')));
  const isLimited = (method: string, path: string) =>
    limited.some(([of, at = '']) => (of === '*' || of === method) && isBelow(path, at));
  const mounted = openAllRoutes().routes.filter(({ method }) => method !== 'ALL');
  expect(mounted.length).toBeGreaterThan(25);
  const others = mounted.filter(({ method, path }) => !isLimited(method, path));
  expect(others).toEqual([]);
});

function isBelow(path: string, at: string): boolean {
  return at.endsWith('/*') ? path.startsWith(at.slice(0, -2)) : path === at;
}

it('docs/operations/limits.md publishes the table', () => {
  const rows = all.map(
    ([name, { routes, body, counts, per, atOnce, perMinute }]) =>
      `| ${name} | ${routes.map((route) => `\`${route}\``).join(' ')} | ${formatSize(body)} | ` +
      `${counts} per ${per} | ${atOnce} | ${perMinute} |`,
  );
  const page = read('docs/operations/limits.md');
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});
