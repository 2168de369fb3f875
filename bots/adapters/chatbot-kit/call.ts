/**
 * Parses a raw call of a kit bot in every form that the platform accepts: with or without `/1.0`,
 * parameters in the URL, in `params`, as a form or as JSON, lists with or without `[]`.
 */
export type KitConfig = {
  readonly method?: unknown;
  readonly url?: unknown;
  readonly params?: unknown;
  readonly data?: unknown;
};

export type KitCall = {
  readonly method: string;
  /** Path without the prefix `/1.0`. */
  readonly path: string;
  readonly fields: Fields;
};

/** In their given order; one entry for each value of a list, its name without `[]`. */
export type Fields = readonly {
  readonly name: string;
  readonly value: unknown;
  readonly isOfList: boolean;
}[];

/** A call that bots may not make. It has the form of an HTTP client error, for bots that inspect it. */
export class KitCallRefused extends Error {
  override readonly name = 'KitCallRefused';
  readonly response: { readonly status: 403; readonly data: object };

  constructor({ method, path }: Pick<KitCall, 'method' | 'path'>, why: string) {
    super(`${method} ${withoutIds(path)} is not supported in a bot under Baton: ${why}`);
    this.response = { status: 403, data: { error: 'refused_by_baton', message: this.message } };
  }
}

const nowhere = 'http://engage.invalid';

/** @throws KitCallRefused for a host other than Engage's */
export function readCall({ method, url, params, data }: KitConfig): KitCall {
  const name = typeof method === 'string' ? method.toUpperCase() : 'GET';
  const address = URL.canParse(String(url), nowhere) ? new URL(String(url), nowhere) : undefined;
  if (address?.origin !== nowhere) {
    throw new KitCallRefused(
      { method: name, path: 'elsewhere' },
      'only paths of the Engage API are supported',
    );
  }
  return {
    method: name,
    path: address.pathname.replace(/^\/1\.0(?=\/)/, '').replace(/(.)\/$/, '$1'),
    fields: [address.searchParams, params, data].flatMap(fieldsOf),
  };
}

function fieldsOf(given: unknown): Fields {
  if (typeof given === 'string') return fieldsOf(parsed(given));
  if (typeof given !== 'object' || given === null) return [];
  const entries = given instanceof URLSearchParams ? [...given] : Object.entries(given);
  return entries.flatMap(([written, value]: [string, unknown]) => {
    const name = written.replace(/\[\]$/, '');
    const isOfList = Array.isArray(value) || name !== written;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.map((one) => ({ name, value: one, isOfList }));
  });
}

function parsed(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return new URLSearchParams(text);
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const isWord = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

export function readText(call: KitCall, name: string): string | undefined {
  return readList(call, name).at(-1);
}

export function readList({ fields }: KitCall, name: string): readonly string[] {
  const values = fields.filter((one) => one.name === name).map(({ value }) => value);
  return values.filter(isWord).map(String);
}

export function readObject({ fields }: KitCall, name: string): object | undefined {
  const found = fields.findLast((one) => one.name === name)?.value;
  return typeof found === 'object' && found !== null ? found : undefined;
}

/** The query, as the kit's own client would send it. */
export function readQuery({ fields }: KitCall): readonly (readonly [string, string])[] {
  return fields
    .filter(({ value }) => isWord(value))
    .map(({ name, value, isOfList }) => [isOfList ? `${name}[]` : name, String(value)] as const);
}

export function withoutIds(path: string): string {
  return path.replace(/\/[^/]*\d[^/]*/g, '/{id}');
}
