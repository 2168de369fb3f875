/** The `q` parameter: `keyword:value keyword2:"value with space"`, a repeated keyword is any of them. */
export type Search = {
  /** Values asked for under a keyword; undefined when it does not occur. */
  readonly of: (keyword: string) => readonly string[] | undefined;
  readonly isAscending: boolean;
};

export function parseSearch(q: string | undefined): Search {
  const found = new Map<string, string[]>();
  for (const [, keyword = 'text', quoted, bare] of (q ?? '').matchAll(
    /(?:([\w-]+):)?(?:"([^"]*)"|(\S+))/g,
  )) {
    found.set(keyword, [...(found.get(keyword) ?? []), quoted ?? bare ?? '']);
  }
  const [order = ''] = found.get('order') ?? [];
  return { of: (keyword) => found.get(keyword), isAscending: order.endsWith('.asc') };
}

/** True when the keyword is absent, or names this value. */
export function wants(search: Search, keyword: string, value: string | null): boolean {
  const asked = search.of(keyword);
  return asked === undefined || (value !== null && asked.includes(value));
}
