/**
 * The client that replaces the kit's: the same methods and the same form of answers. Reads go to the
 * platform; writes are recorded as part of the turn's answer.
 *
 * It exposes no address and no token: `server` is empty, so that a URL which the bot builds from it is a
 * path.
 */
import { EventEmitter } from 'node:events';
import type { BotContext } from '../../adapter.js';
import {
  KitCallRefused,
  readQuery,
  readCall,
  withoutIds,
  type KitCall,
  type KitConfig,
} from './call.js';
import type { KitEvent } from './event.js';
import type { Round } from './round.js';
import { follow } from './rules.js';

/** The form of an answer of the kit's HTTP client. */
export type KitResponse = {
  readonly status: number;
  readonly statusText: string;
  readonly data: unknown;
  readonly headers: object;
  readonly config: object;
};

export type ClientPorts = Pick<BotContext, 'engageGet' | 'warn'>;
type Message = Readonly<Record<string, unknown>>;

export class KitClient extends EventEmitter {
  readonly server = '';
  readonly apiToken = undefined;
  readonly #round: Round;
  readonly #ports: ClientPorts;
  readonly #pending = new Set<Promise<unknown>>();
  #late = 0;

  constructor(round: Round, ports: ClientPorts) {
    super();
    this.#round = round;
    this.#ports = ports;
  }

  get(url: string, config: KitConfig = {}): Promise<KitResponse> {
    return this.request({ ...config, method: 'get', url });
  }
  delete(url: string, config: KitConfig = {}): Promise<KitResponse> {
    return this.request({ ...config, method: 'delete', url });
  }
  post(url: string, data?: unknown, config: KitConfig = {}): Promise<KitResponse> {
    return this.request({ ...config, method: 'post', url, data });
  }
  put(url: string, data?: unknown, config: KitConfig = {}): Promise<KitResponse> {
    return this.request({ ...config, method: 'put', url, data });
  }
  patch(url: string, data?: unknown, config: KitConfig = {}): Promise<KitResponse> {
    return this.request({ ...config, method: 'patch', url, data });
  }

  request(config: KitConfig): Promise<KitResponse> {
    return this.#kept(this.#send(config));
  }

  /** Like the kit's: throws for a message without text, and returns undefined for a refused one. */
  reply(event: KitEvent, message?: Message): Promise<KitResponse | undefined> {
    return this.#kept(this.#reply(event, message));
  }

  /** No token is available; one that is set is ignored. */
  token(): undefined {
    return undefined;
  }
  authorizeUri(): never {
    throw new KitCallRefused({ method: 'GET', path: '/oauth/authorize' }, 'it has a token');
  }
  authorize(): Promise<never> {
    const call = { method: 'POST', path: '/oauth/token' };
    return this.#kept(Promise.reject(new KitCallRefused(call, 'it has a token')));
  }

  /** Waits for calls that the bot did not await, and for those that follow from them. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  /** Synchronous up to the first await, because a bot may reply and return. */
  async #reply(event: KitEvent, message?: Message): Promise<KitResponse | undefined> {
    if (!message) throw new Error('reply: a message is needed');
    if (!message['title'] && !message['body']) throw new Error('reply: a title or body is needed');
    // The kit would send `[object Object]` to the customer.
    if (typeof message['body'] === 'object') throw new Error('reply: body is not a text');
    const { id, type, metadata } = event.resource;
    const said = { body: '', in_reply_to_id: id, ...message };
    const at = type === 'twtr/tweet' ? await this.#nameOf(metadata['author_id']) : '';
    const data = { ...said, body: `${at}${said.body}` };
    return this.#send({ method: 'post', url: '/1.0/contents', data }).catch(() => undefined);
  }

  /** A reply to a tweet begins with the author's name. */
  async #nameOf(authorId: unknown): Promise<string> {
    if (typeof authorId !== 'string') return '';
    const url = `/1.0/identities/${encodeURIComponent(authorId)}`;
    const found = await this.#send({ method: 'get', url }).catch(() => undefined);
    const { uuid } = (found?.data ?? {}) as { readonly uuid?: unknown };
    return typeof uuid === 'string' ? `@${uuid} ` : '';
  }

  async #send(config: KitConfig): Promise<KitResponse> {
    try {
      const call = readCall(config);
      if (call.method === 'GET') return await this.#read(call);
      return answered(call, this.#round.isOver ? this.#dropLate(call) : follow(this.#round, call));
    } catch (error) {
      if (error instanceof KitCallRefused) this.#ports.warn?.({ why: error.message }, refusal);
      throw error;
    }
  }

  async #read(call: KitCall): Promise<KitResponse> {
    const { engageGet } = this.#ports;
    if (!engageGet) throw new KitCallRefused(call, 'there is no platform to read from');
    const data = await engageGet(call.path, readQuery(call)).catch((error: unknown) => {
      throw asClientError(call, error);
    });
    return answered(call, data);
  }

  /**
   * The turn is over: the call is dropped. The bot gets a success, because it could not react to an error.
   */
  #dropLate({ method, path }: KitCall): object {
    this.#late += 1;
    const call = `${method} ${withoutIds(path)}`;
    this.#ports.warn?.({ call, late: this.#late }, 'dropped: the turn is over');
    return { id: 'dropped' };
  }

  /** Prevents an unhandled rejection of a call that the bot does not await from ending the process. */
  #kept<T>(doing: Promise<T>): Promise<T> {
    this.#pending.add(doing);
    const forget = () => void this.#pending.delete(doing);
    doing.then(forget, forget);
    return doing;
  }
}

const refusal = 'a call of the bot is refused';

function answered({ method, path }: KitCall, data: unknown): KitResponse {
  const config = { method: method.toLowerCase(), url: `/1.0${path}` };
  return { status: 200, statusText: 'OK', data, headers: {}, config };
}

/** Keeps only the status, which bots inspect. */
function asClientError({ method, path }: KitCall, error: unknown): Error {
  const { status, identifier } = Object(error) as { status?: unknown; identifier?: unknown };
  const call = `${method} ${withoutIds(path)}`;
  if (typeof status !== 'number') return new Error(`${call}: no answer`);
  const failure = new Error(`${call}: ${status}`);
  return Object.assign(failure, { response: { status, data: { error: identifier } } });
}
