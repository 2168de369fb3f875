/**
 * One HTTP call to Engage: one attempt, one answer or one error of `errors.ts`.
 *
 * The token travels in the header only, customers' text in the body only. Temporal does the retries.
 */
import type { z } from 'zod';
import { AnswerLost, BadAnswer, EngageError, createEngageError, NotConnected } from './errors.js';
import { parseJson } from './json.js';
import type { Together } from './pace.js';
import { errorSchema } from './resources.js';

export type TransportOptions = {
  /** With or without `/1.0`: `https://account.api.digital.ringcentral.com`. */
  readonly url: string;
  readonly token: string;
  /** Timeout in milliseconds for the whole call, the answer's body included. */
  readonly timeout: number;
  readonly fetch?: typeof fetch;
  /** Called for each request, once it has an answer or has certainly failed. */
  readonly onRequest?: ((outcome: RequestOutcome) => void) | undefined;
  /** Wraps each call; named by method and path template: `GET /content_threads/{id}`. */
  readonly around?: (<T>(call: string, run: () => Promise<T>) => Promise<T>) | undefined;
  /** Delays a call until it has budget; calls of one turn wait together, before the first. */
  readonly inTurn?: InTurn | undefined;
};

export type InTurn = <T>(call: () => Promise<T>, together?: Together) => Promise<T>;

/** No pacing. */
export const asItComes: InTurn = (call) => call();

/** The status class; apart are 401, which means that the token is refused, and 429, that the limit is reached. */
export const requestOutcomes = ['2xx', '3xx', '4xx', '401', '429', '5xx', 'unanswered'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

export type Call<T extends z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Under `/1.0`, with encoded ids. */
  readonly path: string;
  /** For reads: ids and search terms of Baton, never customers' text. */
  readonly query?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  /** Writes are sent as a form, structured ones as JSON. */
  readonly form?: readonly (readonly [string, string])[];
  readonly json?: object;
  readonly answer: T;
  /** Called with the platform's time of the answer, if the answer has it. */
  readonly onDate?: (at: number) => void;
};

export type Transport = <T extends z.ZodType>(call: Call<T>) => Promise<z.output<T>>;

export function createTransport(options: TransportOptions): Transport {
  const base = `${options.url.replace(/\/+$/, '').replace(/\/1\.0$/, '')}/1.0`;
  const send = observed(options.fetch ?? fetch, options.onRequest);
  const attempt = async <T extends z.ZodType>(call: string, asked: Call<T>) => {
    const { method, path, query, form, json, answer, onDate } = asked;
    const search = searchOf(query);
    const response = await connect(call, () =>
      send(`${base}${path}${search}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeout),
        headers: {
          authorization: `Bearer ${options.token}`,
          accept: 'application/json',
          ...(json && { 'content-type': 'application/json; charset=utf-8' }),
        },
        ...(json && { body: JSON.stringify(json) }),
        ...(form && {
          body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])),
        }),
      }),
    );
    const body = await connect(call, () => response.text(), 'sent');
    const { answeredAt } = timeOf(response);
    if (answeredAt !== undefined) onDate?.(answeredAt);
    if (!response.ok)
      throw createEngageError({ call, status: response.status, ...explain(response, body) });
    const parsed = answer.safeParse(parseJson(body));
    if (parsed.success) return parsed.data;
    throw new BadAnswer({ call, status: response.status, cause: parsed.error });
  };
  const around: NonNullable<TransportOptions['around']> = options.around ?? ((_, run) => run());
  const { inTurn = asItComes } = options;
  return (asked) => {
    const call = `${asked.method} ${templateOf(asked.path)}`;
    return inTurn(() => around(call, () => attempt(call, asked)));
  };
}

/** Replaces ids in the path: the platform's own path segments are lower case without digits. */
function templateOf(path: string): string {
  const isWord = (segment: string) => /^[a-z_]*$/.test(segment);
  return path
    .split('/')
    .map((one) => (isWord(one) ? one : '{id}'))
    .join('/');
}

function observed(send: typeof fetch, report: TransportOptions['onRequest']): typeof fetch {
  if (!report) return send;
  return async (...request) => {
    const response = await send(...request).catch((error: unknown) => {
      report('unanswered');
      throw error;
    });
    report(outcomeOf(response.status));
    return response;
  };
}

function outcomeOf(status: number): RequestOutcome {
  if (status === 401) return '401';
  if (status === 429) return '429';
  if (status >= 500) return '5xx';
  if (status >= 400) return '4xx';
  return status >= 300 ? '3xx' : '2xx';
}

function searchOf(query: Call<z.ZodType>['query'] = []): string {
  const pairs = Symbol.iterator in query ? [...query] : Object.entries(query);
  const search = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]));
  return search.size === 0 ? '' : `?${search.toString()}`;
}

/** Errors of the connection, classified by whether the request can have arrived. */
async function connect<T>(call: string, run: () => Promise<T>, phase?: 'sent'): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof EngageError) throw cause;
    if (!phase && neverArrived(cause)) throw new NotConnected({ call, cause });
    throw new AnswerLost({ call, cause });
  }
}

const neverArrivedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function neverArrived(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AggregateError) return cause.errors.every(neverArrived);
    if ('code' in cause && neverArrivedCodes.has(String(cause.code))) return true;
  }
  return false;
}

function timeOf(response: Response): { answeredAt?: number } {
  const answeredAt = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(answeredAt) ? {} : { answeredAt };
}

type Explanation = { identifier?: string; retryAfter?: number; answeredAt?: number };

function explain(response: Response, body: string): Explanation {
  const parsed = errorSchema.safeParse(parseJson(body));
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    ...timeOf(response),
    ...(parsed.success && { identifier: parsed.data.error }),
    ...(seconds >= 0 && { retryAfter: seconds * 1000 }),
  };
}
