/**
 * Parses the `q` parameter: `keyword:value keyword2:"value with space"`; a repeated keyword matches any of
 * its values.
 */
import { ApiError } from '../platform/platform.js';

export type Search = {
  /** Values of a keyword; undefined when it does not occur. */
  readonly of: (keyword: string) => readonly string[] | undefined;
  readonly isAscending: boolean;
};

const term = /(?:(-?[\w-]+):)?(?:"([^"]*)"|(\S+))/g;

/** @throws ApiError 400 for an unknown keyword, instead of ignoring the filter */
export function parseSearch(q: string | undefined, keywords: readonly string[]): Search {
  const found = new Map<string, string[]>();
  for (const [, keyword = 'text', quoted, bare] of (q ?? '').matchAll(term)) {
    if (![...keywords, 'text', 'order'].includes(keyword)) {
      throw new ApiError(400, 'bad_request', `q: unknown keyword ${keyword}`);
    }
    found.set(keyword, [...(found.get(keyword) ?? []), quoted ?? bare ?? '']);
  }
  const [order = ''] = found.get('order') ?? [];
  return { of: (keyword) => found.get(keyword), isAscending: order.endsWith('.asc') };
}

/** True when the keyword is absent, or has this value. */
export function wants(search: Search, keyword: string, value: string | null): boolean {
  const asked = search.of(keyword);
  return asked === undefined || (value !== null && asked.includes(value));
}

/** True when every search word occurs. */
export function hasWords(search: Search, body: string): boolean {
  const words = search.of('text') ?? [];
  return words.every((word) => body.toLowerCase().includes(word.toLowerCase()));
}
