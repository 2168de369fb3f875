/**
 * `/operator/session`: creates and ends a browser session. A token is sent once, then the cookie is
 * sufficient. These routes need no session.
 */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { Log } from '../../runtime/log.js';
import { tooMany, type RateLimits } from '../limits/rate-limits.js';
import type { Me } from './answers.js';
import { type Authentication, notSetUp } from './authorise.js';
import { readBody, unprocessable } from './body.js';
import { Oidc, oidcPath, type OidcSettings } from './oidc.js';
import type { Principal } from './principal.js';
import { isSame, type Session } from './session.js';

const token = 'expected a token';
const who = 'expected your name, of up to 100 characters';
export const signInSchema = z.strictObject({
  token: z.string({ error: token }).min(1, token).max(500, token),
  /** Name of the person who uses a shared token. */
  name: z.string({ error: who }).trim().min(1, who).max(100, who).optional(),
});

export type SignInOptions = Authentication & { readonly oidc?: OidcSettings | undefined };

export function createSignIn(
  options: SignInOptions | undefined,
  log: Log,
  limits: RateLimits,
): Hono {
  const app = new Hono();
  if (!options) return app.all('*', notSetUp);
  const { credentials, sessions, oidc } = options;

  app.get('/ways', (c) => {
    const name = oidc && new URL(oidc.issuer).hostname;
    return c.json({ token: true, oidc: oidc ? { name, url: oidcPath } : null });
  });
  app.post('/', async (c) => {
    const read = await readBody(c, signInSchema);
    if ('refusal' in read) return read.refusal;
    if (isFromElsewhere(c)) return forged(c);
    const found = whoHas(c, read.body.token, { credentials, rateLimits: limits, log });
    if (found instanceof Response) return found;
    const name = found.isShared ? (read.body.name ?? found.name) : found.name;
    if (found.isShared && found.notThese?.includes(name)) {
      const problem = `${name} has a separate token`;
      return unprocessable(c, [{ field: 'name', problem }]);
    }
    return c.json({ me: describeCaller(sessions.begin(c, { ...found, name })) });
  });
  app.delete('/', (c) => {
    const session = sessions.read(c);
    if (session && !isSame(c.req.header('x-baton-csrf'), session.csrf)) return forged(c);
    sessions.end(c);
    return c.body(null, 204);
  });
  if (oidc) {
    const provider = new Oidc(oidc, options, log);
    app.get('/oidc', (c) => provider.begin(c));
    app.get('/oidc/callback', (c) => provider.end(c));
  }
  return app;
}

type Looking = Pick<Authentication, 'credentials'> & {
  readonly rateLimits: RateLimits;
  readonly log: Log;
};

function whoHas(
  c: Context,
  presented: string,
  { credentials, rateLimits, log }: Looking,
): Principal | Response {
  const wait = rateLimits.wait('logIn', c);
  if (wait > 0) return tooMany(c, wait);
  const found = credentials.byToken(presented);
  if (found) return found;
  rateLimits.take('logIn', c);
  log.warn('login with an invalid token');
  return c.json({ error: 'token', message: 'token: invalid' }, 401);
}

export function describeCaller({
  principal,
  csrf,
}: Pick<Session, 'principal'> & Partial<Session>): Me {
  const { name, role, sources, isShared } = principal;
  return { name, role, sources, isShared, ...(csrf !== undefined && { csrf }) };
}

/** Refuses requests of other sites, which could log a user in under another name. */
function isFromElsewhere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function forged(c: Context): Response {
  return c.json(
    { error: 'csrf', message: 'expected a request from the console itself (same origin)' },
    403,
  );
}
