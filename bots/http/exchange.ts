/** One JSON request to a bot behind an address: one attempt, one answer or one error of `errors.ts`. */
import { InvalidAnswer } from '../contract.js';
import { HttpStatus } from './errors.js';
import { createGuardedFetch, readHost } from './guarded-fetch.js';

export type Endpoint = {
  readonly url: string;
  readonly allowPrivate: boolean;
  readonly maxBytes: number;
};

export type Exchange = (request: {
  /** On the same host; by default the endpoint's own URL. */
  readonly url?: string;
  readonly method?: 'GET' | 'POST';
  /** Already serialised, so that the signed bytes are the sent bytes. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}) => Promise<{ readonly status: number; readonly text: string }>;

/** @throws UrlRefused, when called, for any other host */
export function createExchange({ url: ours, allowPrivate, maxBytes }: Endpoint): Exchange {
  const send = createGuardedFetch({ allow: [readHost(ours)], allowPrivate, maxBytes });
  return async ({ url = ours, method = 'POST', body, headers, signal }) => {
    const response = await send(url, {
      method,
      signal,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const { status } = response;
    if (response.ok) return { status, text: await response.text() };
    await response.body?.cancel().catch(() => undefined);
    throw new HttpStatus(new URL(url).hostname, status, retryAfter(response));
  };
}

/** Parses `Retry-After`: seconds or a date. */
export function retryAfter({ headers }: Pick<Response, 'headers'>): number | undefined {
  const written = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(written)) return Number(written) * 1_000;
  const at = Date.parse(written);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** @throws InvalidAnswer, without any of the text */
export function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InvalidAnswer('the answer: is not JSON');
  }
}
