/**
 * Reading whatever the platform shows, for code that is not ours: only `GET`, only under `/1.0` of the
 * configured account, as no other user, and not the one `GET` that changes something.
 */
import { z } from 'zod';
import { InvalidRequest } from './errors.js';
import { createTransport, type TransportOptions } from './transport.js';

type Query = readonly (readonly [string, string])[];

const account = 'http://account.invalid';
/** A token of somebody else's, or somebody else's eyes. */
const notForBots = new Set(['access_token', 'impersonated_user_id']);

/** @throws EngageError; InvalidRequest for what is not read this way */
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

/** Of threads only the list and one: `open` below one is a `GET` that opens it. */
function readable(written: string): { readonly path: string; readonly query: Query } | undefined {
  if (!URL.canParse(written, account)) return undefined;
  const { origin, pathname, searchParams } = new URL(written, account);
  const path = pathname.replace(/^\/1\.0(?=\/)/, '');
  const isPlain = /^\/[\w-]+(\/[\w.:~%-]+){0,2}$/.test(path) && !/%2f|%5c|%2e/i.test(path);
  const isBelowThread = /^\/content_threads\/[^/]+\//i.test(path);
  if (origin !== account || !isPlain || isBelowThread) return undefined;
  return { path, query: [...searchParams] };
}
