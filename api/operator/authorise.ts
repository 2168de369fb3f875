/**
 * Who may act as the operator: whoever has the token. Without one in the environment nobody may, and
 * the answer says which variable to set.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { createSecretCheck } from '../webhook/secret.js';

export function createAuthorise(token: string | undefined): MiddlewareHandler {
  const isToken = createSecretCheck([token]);
  return async function authorise(c, next) {
    if (token === undefined) return notSetUp(c);
    const [, given] = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (isToken(given)) return next();
    c.header('www-authenticate', 'Bearer');
    const message = 'Authorization: expected Bearer and the operator token';
    return c.json({ error: 'token', message }, 401);
  };
}

function notSetUp(c: Context): Response {
  const message = 'operator routes are off: set BATON_OPERATOR_TOKEN for the ingress';
  return c.json({ error: 'not_set_up', message }, 403);
}
