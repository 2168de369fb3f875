/**
 * `fetch` for what a bot's settings say is called: only the hosts allowed, no redirects, nothing inside
 * unless the settings say so, and no body larger than was agreed, whatever its length was said to be.
 *
 * It goes wherever a library takes a `fetch`. What it throws is of `errors.ts`, or the signal's reason.
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
import { guardedLookup, literalOf, refusalOf } from './addresses.js';
import { AddressRefused, BodyTooLarge, NotReached, RedirectRefused, UrlRefused } from './errors.js';
import { limitedBody } from './limited-body.js';

export type GuardedFetchOptions = {
  /** Hosts as in URLs: `bots.example`, any port, or `bots.example:8443`, that port only. */
  readonly allow: readonly string[];
  /** May a name lead to an address inside: private, loopback, link-local? */
  readonly allowPrivate?: boolean | undefined;
  /** Of an answer's body, unpacked. */
  readonly maxBytes: number;
  /** How names become addresses. */
  readonly lookup?: LookupFunction;
};

/** @throws UrlRefused when an allowed host is none */
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

/** The host of a bot's own URL, its port included: what it may call when nothing else is said. */
export function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || defaultPort(protocol)}`;
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}

function createHostCheck(allow: readonly string[]): (url: URL) => boolean {
  const allowed = new Set(allow.map(normalised));
  return (url) => allowed.has(url.hostname) || allowed.has(hostOf(url.href));
}

/** As the URL parser writes it, so that `127.1` and `[0:0::1]` are compared as what they are. */
function normalised(host: string): string {
  const [, name = host, port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  const url = URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`) : undefined;
  const isHost = url?.href === `http://${url?.hostname}/` && !/[@/?#]|:$/.test(name);
  if (!isHost) throw new UrlRefused('an allowed host is not a host, or host and port');
  return url.hostname + port;
}

function checkedUrl(written: string, isAllowed: (url: URL) => boolean): URL {
  // What could not be read is not repeated: it may hold a secret all the same.
  if (!URL.canParse(written)) throw new UrlRefused('not a URL');
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UrlRefused(`${url.protocol} is neither http: nor https:`);
  }
  if (url.username || url.password) throw new UrlRefused('there is a user or password in the URL');
  if (!isAllowed(url)) throw new UrlRefused(`${url.host} is not among the hosts allowed`);
  return url;
}

/** A request made with the process's own `Request` is taken apart: undici knows only its own. */
async function partsOf({ method, headers, body, signal }: Request): Promise<Init> {
  const sent = body && (await new Response(body).arrayBuffer());
  return { method, headers: [...headers], body: sent, signal };
}

/** Addresses that a URL names outright are never looked up, so they are checked before. */
function guardedConnect(options: GuardedFetchOptions): buildConnector.connector {
  const refuse = (host: string, address: string) => {
    const kind = refusalOf(address, options.allowPrivate === true);
    return kind === undefined ? undefined : new AddressRefused(host, kind);
  };
  const lookup = guardedLookup(refuse, options.lookup);
  // The types name TLS's options only; what is not known is handed on to the socket.
  const connect = buildConnector({ lookup });
  return (target, callback) => {
    const literal = literalOf(target.hostname);
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

/** What undici wraps is looked for inside; who withdrew the question hears its own reason. */
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
