/**
 * Read access to the platform for bots' code: only `GET`, only under `/1.0` of the configured account,
 * without impersonation, and without the one `GET` that changes something.
 */
import { z } from 'zod';
import { InvalidRequest } from './errors.js';
import { createTransport, type TransportOptions } from './transport.js';

type Query = readonly (readonly [string, string])[];

const account = 'http://account.invalid';
/** Parameters that would use another token, or another user's rights. */
const notForBots = new Set(['access_token', 'impersonated_user_id']);

/** @throws EngageError; InvalidRequest for a path that is not allowed */
export function createReader(
  options: TransportOptions,
): (path: string, query: Query) => Promise<unknown> {
  const send = createTransport(options);
  return async (path, query) => {
    const asked = readable(path);
    const names = [...query, ...(asked?.query ?? [])].map(([name]) => name);
    if (!asked || names.some((name) => notForBots.has(name.replace(/\[.*/, '')))) {
      throw new InvalidRequest({ call: 'GET, not sent: no path that may be read' });
    }
    const all = [...asked.query, ...query];
    return send({ method: 'GET', path: asked.path, query: all, answer: z.unknown() });
  };
}

/** Of threads only the list and a single one: `open` below a thread is a `GET` that opens it. */
function readable(written: string): { readonly path: string; readonly query: Query } | undefined {
  if (!URL.canParse(written, account)) return undefined;
  const { origin, pathname, searchParams } = new URL(written, account);
  const path = pathname.replace(/^\/1\.0(?=\/)/, '');
  const isPlain = /^\/[\w-]+(\/[\w.:~%-]+){0,2}$/.test(path) && !/%2f|%5c|%2e/i.test(path);
  const isBelowThread = /^\/content_threads\/[^/]+\//i.test(path);
  if (origin !== account || !isPlain || isBelowThread) return undefined;
  return { path, query: [...searchParams] };
}
