/**
 * Authorises a call: by token or by browser session, with the role that the route needs. A refusal names
 * what is missing, and never what would be accepted. After many wrong tokens an address is refused for a
 * while, without a comparison; every caller has a rate limit.
 */
import type { Context, MiddlewareHandler } from 'hono';
import type { Role } from '../../settings/operators.js';
import { tooMany, type RateLimits } from '../limits/rate-limits.js';
import type { Credentials } from './credentials.js';
import { hasRole, type Principal } from './principal.js';
import { isSame, type Session, type Sessions } from './session.js';

export type OperatorEnv = {
  Variables: { readonly principal: Principal; readonly session: Session | undefined };
};
export type OperatorContext = Context<OperatorEnv>;

export type Authentication = { readonly credentials: Credentials; readonly sessions: Sessions };

/** If no operator is configured, the answer explains how to configure one. */
export function createAuthorise(
  authentication: Authentication | undefined,
  rateLimits: RateLimits,
): MiddlewareHandler<OperatorEnv> {
  return async function authorise(c, next) {
    if (!authentication || authentication.credentials.isEmpty) return notSetUp(c);
    const authorization = c.req.header('authorization');
    const known =
      authorization === undefined
        ? bySession(c, authentication)
        : byToken(c, { authorization, authentication, rateLimits });
    if (known instanceof Response) return known;
    const seconds = rateLimits.take('operator', c, known.proof);
    if (seconds > 0) return tooMany(c, seconds);
    c.set('principal', known);
    return next();
  };
}

type Presented = {
  readonly authorization: string;
  readonly authentication: Authentication;
  readonly rateLimits: RateLimits;
};

function byToken(
  c: Context,
  { authorization, authentication, rateLimits }: Presented,
): Principal | Response {
  const wait = rateLimits.wait('logIn', c);
  if (wait > 0) return tooMany(c, wait);
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  const principal = token === undefined ? undefined : authentication.credentials.byToken(token);
  if (principal) return principal;
  rateLimits.take('logIn', c);
  return unknown(c);
}

function bySession(c: OperatorContext, { sessions }: Authentication): Principal | Response {
  const session = sessions.read(c);
  if (!session) return unknown(c);
  if (!isSafe(c) && !isSame(c.req.header('x-baton-csrf'), session.csrf)) return forged(c);
  c.set('session', session);
  return session.principal;
}

export function createNeedRole(needed: Role): MiddlewareHandler<OperatorEnv> {
  return async function needRole(c, next) {
    const { name, role } = c.get('principal');
    if (hasRole({ role }, needed)) return next();
    const message = `this needs the role ${needed}; ${name} is ${role}`;
    return c.json({ error: 'role', message }, 403);
  };
}

/** Refusal for a source outside the operator's permission. */
export function notTheirs(c: OperatorContext, what: string): Response {
  const { name, sources } = c.get('principal');
  const theirs = sources === 'all' ? 'all sources' : sources.join(', ');
  return c.json({ error: 'scope', message: `${name} is for ${theirs}, not for ${what}` }, 403);
}

function isSafe(c: Context): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD';
}

function unknown(c: Context): Response {
  c.header('www-authenticate', 'Bearer');
  const message = 'Authorization: expected Bearer and a valid token, or a session cookie';
  return c.json({ error: 'token', message }, 401);
}

function forged(c: Context): Response {
  const message = 'x-baton-csrf: expected the CSRF token of this session';
  return c.json({ error: 'csrf', message }, 403);
}

export function notSetUp(c: Context): Response {
  const ways = 'set BATON_OPERATOR_TOKEN for the ingress, or operators in baton.config.ts';
  return c.json({ error: 'not_set_up', message: `operator routes are off: ${ways}` }, 403);
}
