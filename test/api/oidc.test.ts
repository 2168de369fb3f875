/**
 * Signing in with a company's provider: a real OpenID provider on this machine, and a browser that follows
 * redirects and keeps cookies.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../api/app.js';
import { createLog } from '../../runtime/log.js';
import { listen, type Listening } from '../../runtime/listen.js';
import { operatorOptions } from '../harness/operator-options.js';
import { RecordedThreads } from '../harness/recorded-threads.js';

let provider: Server;
let issuer: string;
let ingress: Listening;
let origin: string;

beforeAll(async () => {
  provider = createServer();
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  ingress = await listen(
    { fetch: (request: Request) => app().fetch(request) },
    { hostname: '127.0.0.1', port: 0, setting: 'TEST' },
  );
  origin = `http://127.0.0.1:${ingress.port}`;
  const configuration: Configuration = {
    clients: [
      {
        ...{ client_id: 'baton', client_secret: 'secret-of-the-client' },
        redirect_uris: [`${origin}/operator/session/oidc/callback`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@shop.example`, email_verified: sub !== 'eve' }),
    }),
  };
  provider.on('request', (request, response) => void oidc.callback()(request, response));
  const oidc = new Provider(issuer, configuration);
});
afterAll(async () => {
  await ingress.close();
  provider.close();
});

let made: ReturnType<typeof createApp> | undefined;
function app() {
  const oidc = { issuer, clientId: 'baton', clientSecret: 'secret-of-the-client', claim: 'email' };
  made ??= createApp({
    ...{
      threads: new RecordedThreads(),
      webhookSecrets: ['webhook-secret'],
      verifyToken: 'verify',
    },
    isOurs: () => true,
    operator: operatorOptions({
      operators: {
        olga: { role: 'operator', signsInAs: 'olga@shop.example' },
        eve: { role: 'admin', signsInAs: 'eve@shop.example' },
      },
      oidc: { ...oidc, consoleUrl: origin },
    }),
    log: createLog('api', 'silent'),
  });
  return made;
}

/** Follows links and fills in the provider's own forms, as a person would. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async open(url: string, form?: Record<string, string>): Promise<{ url: string; text: string }> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const text = await response.text();
    return location ? this.open(new URL(location, url).href) : { url, text };
  }

  /** Through the provider's log-in and consent, to where it ends. */
  async signIn(login: string, begin = `${origin}/operator/session/oidc`): Promise<string> {
    let page = await this.open(begin);
    for (let step = 0; page.url.startsWith(issuer) && step < 4; step += 1) {
      const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? '';
      const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1] ?? '';
      page = await this.open(new URL(action, page.url).href, { prompt, login, password: 'x' });
    }
    return page.url;
  }

  async me(): Promise<{ status: number; name?: string }> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${origin}/operator/me`, { headers: { cookie } });
    return { status: response.status, ...((await response.json()) as object) };
  }

  forget(name: string): void {
    this.#cookies.delete(name);
  }
}

it('whom the provider names and the business knows, is in', async () => {
  const browser = new Browser();
  expect(await browser.signIn('olga')).toBe(`${origin}/console/`);
  expect(await browser.me()).toMatchObject({ status: 200, name: 'olga', role: 'operator' });
});

it.each([
  ['whom the business does not know', 'mallory'],
  ['whose address the provider has not verified', 'eve'],
])('%s stays out', async (_, login) => {
  const browser = new Browser();
  expect(await browser.signIn(login)).toBe(`${origin}/console/?refused`);
  expect((await browser.me()).status).toBe(401);
});

it('what began in one browser cannot end in another', async () => {
  const [first, other] = [new Browser(), new Browser()];
  const response = await fetch(`${origin}/operator/session/oidc`, { redirect: 'manual' });
  // The other one has no cookie of the beginning.
  expect(await other.signIn('olga', response.headers.get('location') ?? '')).toContain('refused');
  expect((await other.me()).status).toBe(401);
  expect((await first.me()).status).toBe(401);
});

it('the ways in are named', async () => {
  const response = await fetch(`${origin}/operator/session/ways`);
  expect(await response.json()).toEqual({
    token: true,
    oidc: { name: '127.0.0.1', url: '/operator/session/oidc' },
  });
});
