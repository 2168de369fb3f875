/** What every answer of the ingress carries, whichever route, whichever status, and what none does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strictHeaders } from '../../api/headers.js';
import { listen, type Listening } from '../../runtime/listen.js';
import { exchange } from './attack/raw-call.js';
import { counted, openAllRoutes } from '../harness/all-routes.js';

let server: Listening;
let failing: Listening;
beforeAll(async () => {
  const at = { hostname: '127.0.0.1', port: 0, setting: 'TEST' };
  const headers = strictHeaders({ isHttps: true });
  server = await listen(openAllRoutes(), { ...at, headers });
  const threads = {
    accept: () => Promise.reject(new Error('canary of an error')),
    obstacles: () => Promise.reject(new Error('canary of an error')),
    close: () => Promise.resolve(),
  };
  failing = await listen(openAllRoutes({ threads }), { ...at, headers });
});
afterAll(() => Promise.all([server.close(), failing.close()]));

const routes = [
  ...new Set(
    openAllRoutes()
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  ),
].map((route) => {
  const [method = '', path = ''] = route.split(' ');
  return [method, path.replace('*', 'x').replace(/:\w+/g, 'x')] as const;
});

function expectStrict(headers: Headers): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'.*frame-ancestors 'none'/,
  );
  expect(headers.get('cross-origin-resource-policy')).toMatch(/^(same|cross)-origin$/);
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=63072000/);
  expect(headers.get('cache-control')).not.toBeNull();
  expect(headers.get('server')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
}

describe('API8:2023 security misconfiguration', () => {
  it('there are routes to look at', () => {
    expect(routes.length).toBeGreaterThan(25);
  });

  it.each(routes)('%s %s: strict headers, no banner, no code', async (method, path) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
    expectStrict(answer.headers);
    expect(await answer.text()).not.toMatch(/\n\s+at |node_modules|\.ts:\d+/);
  });

  it('a path that is none, and a method that is none, have them as well', async () => {
    const origin = `http://127.0.0.1:${server.port}`;
    const none = await fetch(`${origin}/nothing`);
    const other = await fetch(`${origin}/webhooks/engage`, { method: 'DELETE' });
    expect([none.status, other.status]).toEqual([404, 404]);
    for (const { headers } of [none, other]) expectStrict(headers);
  });

  it('only what is public may be kept, and only the console’s pages run scripts: their own', async () => {
    const { target } = counted.console;
    const page = await fetch(`http://127.0.0.1:${server.port}${target.replace(/assets.*/, '')}`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const data = await fetch(`http://127.0.0.1:${server.port}/operator/session/ways`);
    expect(data.headers.get('cache-control')).toBe('no-store');
    expect(data.headers.get('content-security-policy')).not.toContain('script-src');
  });

  it('an error inside is told as one, without its words', async () => {
    const answer = await fetch(`http://127.0.0.1:${failing.port}/readyz`);
    expect(answer.status).toBe(500);
    expectStrict(answer.headers);
    expect(await answer.text()).not.toContain('canary');
  });

  it('what the server itself refuses says no more than that', async () => {
    const refused = await exchange(server.port, {
      ...{ method: 'GET', target: '/healthz', framing: 'none', body: Buffer.alloc(0) },
      headers: [['host', 'a b c']],
    });
    expect(refused.status).toBe(400);
    expect(refused.text).not.toMatch(/server:|powered|Error| at /i);
  });

  it('https is asked for only where people come by it', () => {
    expect(strictHeaders({ isHttps: false })).not.toHaveProperty('strict-transport-security');
  });
});
