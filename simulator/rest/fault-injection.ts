/**
 * Faults of calls: refused, or answered by a maintenance page, before they have an effect; or executed with the
 * answer lost or truncated. The connection is really cut, or really stays silent. A refusal with `ms` sends
 * `Retry-After`.
 */
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Next } from 'hono';
import { refusals, type Faults } from '../faults.js';
import type { ApiError } from '../platform/platform.js';

const identifiers = {
  '401': 'unauthorized',
  '403': 'forbidden',
  '404': 'not_found',
  '409': 'conflict',
  '422': 'validation_error',
  '429': 'rate_limit_exceeded',
} as const;

/** @param customerOf the customer of a call */
export function injectFaults(
  faults: Faults,
  customerOf: (c: Context) => string | undefined = () => undefined,
) {
  return async function withFaults(c: Context, next: Next): Promise<Response | undefined> {
    const customer = customerOf(c);
    const { method, path } = c.req;
    const call = { method, path: path.replace(/^\/1\.0/, ''), customer };
    if (faults.settings.outage) return cut(c);
    for (const name of refusals) {
      if (!faults.strikes(name, call)) continue;
      const wait = faults.time(name, 0, customer);
      if (wait > 0) c.header('retry-after', String(Math.ceil(wait / 1_000)));
      if (name === '5xx') return c.json({ error: 'internal', message: 'Fault', status: 503 }, 503);
      const status = Number(name) as ApiError['status'];
      return c.json({ error: identifiers[name], message: 'Fault', status }, status);
    }
    if (faults.strikes('html', call)) return c.html(maintenancePage);
    await next();
    if (faults.strikes('truncated', call)) await truncate(c);
    if (faults.strikes('lost-answer', call)) return cut(c);
    if (faults.strikes('hang', call)) return hang(c);
    return undefined;
  };
}

const maintenancePage = '<!doctype html><html><body>We will be back soon.</body></html>';

/** Half of the body, with the status and the headers of the whole. */
async function truncate(c: Context): Promise<void> {
  const body = await c.res.arrayBuffer();
  c.res = new Response(body.slice(0, body.byteLength / 2), c.res);
}

function outgoingOf(c: Context): HttpBindings['outgoing'] {
  return (c.env as HttpBindings).outgoing;
}

function cut(c: Context): Response {
  outgoingOf(c).socket?.destroy();
  c.res = RESPONSE_ALREADY_SENT;
  return RESPONSE_ALREADY_SENT;
}

/** Does not answer until the caller gives up. */
async function hang(c: Context): Promise<Response> {
  const outgoing = outgoingOf(c);
  await new Promise<void>((resolve) => outgoing.once('close', resolve));
  c.res = RESPONSE_ALREADY_SENT;
  return RESPONSE_ALREADY_SENT;
}
