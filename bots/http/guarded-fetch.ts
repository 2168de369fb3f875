/**
 * `fetch` for URLs from a bot's settings: only allowed hosts, no redirects, no internal addresses unless
 * the settings allow them, and no body above the limit, whatever its declared length.
 *
 * It can be passed to libraries that accept a `fetch`. It throws errors of `errors.ts`, or the signal's
 * reason.
 */
import type { LookupFunction } from 'node:net';
import {
  Agent,
  buildConnector,
  fetch as undiciFetch,
  type RequestInit as Init,
  type Response as Answer,
} from 'undici';
import { BotError } from '../bot-error.js';
import { guardedLookup, parseLiteral, findRefusal } from './addresses.js';
import { AddressRefused, BodyTooLarge, NotReached, RedirectRefused, UrlRefused } from './errors.js';
import { limitedBody } from './limited-body.js';

export type GuardedFetchOptions = {
  /** Hosts as in URLs: `bots.example` for any port, `bots.example:8443` for that port only. */
  readonly allow: readonly string[];
  /** Whether a name may resolve to an internal address: private, loopback, link-local. */
  readonly allowPrivate?: boolean | undefined;
  /** Limit of an answer's body after decompression. */
  readonly maxBytes: number;
  /** Resolves names to addresses. */
  readonly lookup?: LookupFunction;
};

/** @throws UrlRefused when an allowed host is invalid */
export function createGuardedFetch(options: GuardedFetchOptions): typeof fetch {
  const { allow, maxBytes } = options;
  const isAllowed = createHostCheck(allow);
  const dispatcher = new Agent({ connect: guardedConnect(options) });
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const url = checkedUrl(input instanceof Request ? input.url : input.toString(), isAllowed);
    const signal = init?.signal ?? request?.signal;
    const asked = { ...(request && (await partsOf(request))), ...init } as Init;
    try {
      const response = await undiciFetch(url, { ...asked, dispatcher, redirect: 'manual' });
      return await checkedResponse(response, url, maxBytes, signal);
    } catch (error) {
      throw named(error, url.hostname, signal);
    }
  };
}

/** The host of a bot's own URL, with its port: the default of the allowed hosts. */
export function readHost(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || defaultPort(protocol)}`;
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}

function createHostCheck(allow: readonly string[]): (url: URL) => boolean {
  const allowed = new Set(allow.map(normalised));
  return (url) => allowed.has(url.hostname) || allowed.has(readHost(url.href));
}

/**
 * Normalised by the URL parser, so that forms such as `127.1` and `[0:0::1]` are compared by their
 * meaning.
 */
function normalised(host: string): string {
  const [, name = host, port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  const url = URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`) : undefined;
  const isHost = url?.href === `http://${url?.hostname}/` && !/[@/?#]|:$/.test(name);
  if (!isHost) throw new UrlRefused('an allowed host is not a host, or host and port');
  return url.hostname + port;
}

function checkedUrl(written: string, isAllowed: (url: URL) => boolean): URL {
  // The error does not repeat an invalid URL, which may contain a secret.
  if (!URL.canParse(written)) throw new UrlRefused('not a URL');
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UrlRefused(`${url.protocol} is neither http: nor https:`);
  }
  if (url.username || url.password) throw new UrlRefused('there is a user or password in the URL');
  if (!isAllowed(url)) throw new UrlRefused(`${url.host} is not among the hosts allowed`);
  return url;
}

/** Converts a `Request` of the process's global class, because undici accepts only its own. */
async function partsOf({ method, headers, body, signal }: Request): Promise<Init> {
  const sent = body && (await new Response(body).arrayBuffer());
  return { method, headers: [...headers], body: sent, signal };
}

/** Literal addresses are never looked up, so they are checked first. */
function guardedConnect(options: GuardedFetchOptions): buildConnector.connector {
  const refuse = (host: string, address: string) => {
    const kind = findRefusal(address, options.allowPrivate === true);
    return kind === undefined ? undefined : new AddressRefused(host, kind);
  };
  const lookup = guardedLookup(refuse, options.lookup);
  // The types list TLS options only; unknown options are passed to the socket.
  const connect = buildConnector({ lookup });
  return (target, callback) => {
    const literal = parseLiteral(target.hostname);
    const refusal = literal === undefined ? undefined : refuse(target.hostname, literal);
    if (refusal) callback(refusal, null);
    else connect(target, callback);
  };
}

async function checkedResponse(
  response: Answer,
  url: URL,
  maxBytes: number,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  const { status, statusText, headers, body } = response;
  const refusal = refusalOfAnswer(response, url, maxBytes);
  if (refusal) {
    await body?.cancel().catch(() => undefined);
    throw refusal;
  }
  const limited =
    body &&
    limitedBody(body, {
      maxBytes,
      tooLarge: () => new BodyTooLarge(url.hostname, maxBytes),
      failed: (error) => named(error, url.hostname, signal),
    });
  const answered = new Response(limited, { status, statusText, headers: [...headers] });
  return Object.defineProperty(answered, 'url', { value: url.href });
}

function refusalOfAnswer(response: Answer, url: URL, maxBytes: number): BotError | undefined {
  const { status, headers } = response;
  if (status >= 300 && status < 400) return new RedirectRefused(url.hostname, status);
  const isTooLarge = Number(headers.get('content-length') ?? 0) > maxBytes;
  return isTooLarge ? new BodyTooLarge(url.hostname, maxBytes) : undefined;
}

/** Finds the error that undici wraps; an aborted call rejects with the signal's own reason. */
function named(error: unknown, host: string, signal: AbortSignal | null | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof BotError) return cause;
  }
  return new NotReached(host, codeOf(error));
}

function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  }
  return 'no answer';
}
