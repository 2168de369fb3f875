/**
 * The network of a simulated world: servers by host, reached by `fetch`. A call takes time each way; it can be
 * refused, can arrive twice, and its answer can be lost. What a dead process calls reaches nobody.
 */
import type { Random } from './random.js';
import type { VirtualTime } from './virtual-time.js';
import { isDead, never } from '../temporal/worker.js';

/** What a server's code sees of the connection, as `@hono/node-server` gives it. */
type Environment = {
  readonly outgoing: {
    readonly socket: { destroy(): void };
    once(event: string, run: () => void): void;
  };
  readonly incoming: { readonly socket: { readonly remoteAddress: string } };
};

export type Server = {
  fetch(request: Request, environment: Environment): Response | Promise<Response>;
};

export type NetworkFaults = {
  /** The connection is refused: the call has not arrived. */
  readonly refused: number;
  /** The call has arrived, and its answer is lost. */
  readonly lostAnswer: number;
  /** The call arrives a second time; not one that nobody on the way may repeat, which is a POST to the platform. */
  readonly doubled: number;
  /** Milliseconds, each way. */
  readonly latency: readonly [least: number, most: number];
};

export const goodNetwork: NetworkFaults = {
  ...{ refused: 0, lostAnswer: 0, doubled: 0 },
  latency: [2, 40],
};

export class Network {
  readonly #servers = new Map<string, Server>();
  readonly #time: VirtualTime;
  readonly #random: Random;
  faults: NetworkFaults = goodNetwork;

  constructor(time: VirtualTime, random: Random) {
    this.#time = time;
    this.#random = random;
  }

  /** Replaces what answers at this host; `undefined`: nobody does. */
  serve(host: string, server: Server | undefined): void {
    if (server) this.#servers.set(host, server);
    else this.#servers.delete(host);
  }

  readonly fetch = (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (isDead()) return never();
    const url = input instanceof Request ? input.url : String(input);
    const { host } = new URL(url);
    const make = () =>
      input instanceof Request ? input.clone() : new Request(url, withoutSignal(init));
    const { signal } = init;
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(signal?.reason as Error);
      if (signal?.aborted) giveUp();
      signal?.addEventListener('abort', giveUp);
      void this.#travel(host, make).then(resolve, reject);
    });
  };

  async #travel(host: string, make: () => Request): Promise<Response> {
    const { refused, lostAnswer, doubled } = this.faults;
    const [isRefused, isLost] = [this.#random.chance(refused), this.#random.chance(lostAnswer)];
    const request = make();
    const isRepeatable = request.method !== 'POST' || request.url.includes('/webhooks/');
    const isDoubled = isRepeatable && this.#random.chance(doubled);
    const copy = isDoubled ? request.clone() : undefined;
    await this.#pass();
    const server = this.#servers.get(host);
    if (isRefused || !server) throw connectionError('ECONNREFUSED');
    if (copy) void this.#pass().then(() => answerOf(server, copy).catch(() => undefined));
    const answer = await answerOf(server, request);
    await this.#pass();
    if (answer === 'silent') return never();
    if (answer === 'cut' || isLost) throw connectionError('ECONNRESET');
    return answer;
  }

  #pass(): Promise<void> {
    const [least, most] = this.faults.latency;
    return this.#time.pass(this.#random.skewed(least, most));
  }
}

/** The platform may cut the connection, or never answer. */
async function answerOf(server: Server, request: Request): Promise<Response | 'cut' | 'silent'> {
  let end: 'cut' | 'silent' | undefined;
  let closed: (() => void) | undefined;
  const environment: Environment = {
    outgoing: {
      socket: { destroy: () => (end = 'cut') },
      once(_, run) {
        end = 'silent';
        closed = run;
      },
    },
    incoming: { socket: { remoteAddress: '127.0.0.1' } },
  };
  const answering = Promise.resolve(server.fetch(request, environment));
  const response = await Promise.race([answering, Promise.resolve().then(() => answering)]);
  closed?.();
  return end ?? response;
}

/** As Node's `fetch` reports it. */
function connectionError(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

function withoutSignal(init: RequestInit): RequestInit {
  return { ...init, signal: null };
}
