/**
 * A call's parameters from query, form or JSON. The reference lists them as query, guides send forms,
 * structured messages need JSON: the platform accepts all three.
 */
import type { Context } from 'hono';
import { ApiError } from '../platform/platform.js';

export type Parameters = Readonly<Record<string, unknown>>;

export async function readParameters(c: Context): Promise<Parameters> {
  const query = new URL(c.req.url).searchParams;
  return { ...fromPairs(query), ...(await bodyParameters(c)) };
}

async function bodyParameters(c: Context): Promise<Parameters> {
  const type = c.req.header('content-type') ?? '';
  if (type.includes('multipart/form-data')) return c.req.parseBody();
  const body = c.req.method === 'GET' ? '' : await c.req.text();
  if (body === '') return {};
  if (!type.includes('json')) return fromPairs(new URLSearchParams(body));
  try {
    return JSON.parse(body) as Parameters;
  } catch {
    throw new ApiError(400, 'bad_request', 'The body is not JSON');
  }
}

/** `name[]` repeats for lists, `name[key]` is a map, `name[key][]` a map of lists. */
function fromPairs(pairs: URLSearchParams): Parameters {
  const found: Record<string, unknown> = {};
  for (const [key, value] of pairs) {
    const [, of, member] = /^([^[]+)\[([^\]]+)\]\[\]$/.exec(key) ?? [];
    if (of !== undefined && member !== undefined) {
      const before = found[of] as Record<string, unknown> | undefined;
      found[of] = { ...before, [member]: [...asList(before?.[member]), value] };
      continue;
    }
    const list = /^(.+)\[\]$/.exec(key)?.[1];
    const [, hash, inner] = /^(.+)\[([^\]]+)\]$/.exec(key) ?? [];
    if (list !== undefined) found[list] = [...asList(found[list]), value];
    else if (hash !== undefined && inner !== undefined) {
      found[hash] = { ...(found[hash] as object | undefined), [inner]: value };
    } else found[key] = value;
  }
  return found;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** @throws ApiError 422 */
export function needText(parameters: Parameters, name: string): string {
  const value = text(parameters, name);
  if (value === undefined || value === '') {
    throw new ApiError(422, 'validation_error', `${name} can't be blank`);
  }
  return value;
}

export function list(parameters: Parameters, name: string): readonly string[] | undefined {
  const value = parameters[name];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : undefined;
}

/** @throws ApiError 400 */
export function needList(parameters: Parameters, name: string): readonly string[] {
  const value = list(parameters, name);
  if (value === undefined) throw new ApiError(400, 'bad_request', `${name} is missing`);
  return value;
}

/** True when the filter is absent, or contains this value; one value or several. */
export function isAmong(parameters: Parameters, name: string, value: string | null): boolean {
  const wanted = list(parameters, name);
  return wanted === undefined || (value !== null && wanted.includes(value));
}

/** @throws ApiError 422 */
export function wholeNumber(parameters: Parameters, name: string): number | undefined {
  const value = text(parameters, name);
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  throw new ApiError(422, 'validation_error', `${name} is not a number`);
}

export function flag(parameters: Parameters, name: string): boolean | undefined {
  const value = parameters[name];
  if (typeof value === 'boolean') return value;
  const given = text(parameters, name);
  return given === undefined ? undefined : ['1', 'true', 'on', 'yes'].includes(given);
}

export function hash(parameters: Parameters, name: string): Readonly<Record<string, unknown>> {
  const value = parameters[name];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
