/** Parses addresses into routes, and formats routes as addresses. Pure. */
export type Route =
  | { readonly page: 'threads' }
  | { readonly page: 'thread'; readonly id: string }
  | { readonly page: 'emergency' }
  | { readonly page: 'overview' }
  | { readonly page: 'system' }
  | { readonly page: 'unknown' };

export const home = '/console';

export function parseRoute(pathname: string): Route {
  const [first, second, ...rest] = pathname
    .replace(/^\/console\/?/, '')
    .split('/')
    .filter((part) => part !== '');
  if (first === undefined) return { page: 'threads' };
  if (rest.length > 0) return { page: 'unknown' };
  if (first === 'threads') {
    return second === undefined ? { page: 'threads' } : { page: 'thread', id: decoded(second) };
  }
  if (second !== undefined) return { page: 'unknown' };
  if (first === 'emergency' || first === 'overview' || first === 'system') return { page: first };
  return { page: 'unknown' };
}

export function threadHref(id: string): string {
  return `${home}/threads/${encodeURIComponent(id)}`;
}

/** A part that is not validly encoded is taken literally. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
