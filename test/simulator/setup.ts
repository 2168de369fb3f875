/** A simulator on a free port, and a receiver of its webhooks that answers as a test says. */
import type { ServerResponse } from 'node:http';
import {
  connectControl,
  type CastContent,
  type SimulatorControl,
} from '../../simulator/control-client.js';
import { startSimulator } from '../../simulator/simulator.js';
import type { PlatformEvent } from '../../simulator/state.js';
import { observeExchange } from '../harness/conformance.js';
import { startHttpTarget, type Asked, type HttpTarget } from '../harness/http-target.js';
import { eventually } from '../harness/eventually.js';
import type { SimulatorOptions } from '../../simulator/options.js';

export const token = 'token-of-the-bot';
export const secret = 'webhook-secret';
export const verifyToken = 'verify-token';

export type Answer = { readonly status: number; readonly answer: Record<string, unknown> };
export type Sent = {
  readonly form?: readonly (readonly [string, string])[];
  readonly json?: object;
  readonly headers?: Record<string, string>;
};
export type Delivered = { readonly id: string; readonly events: readonly PlatformEvent[] };

export class Receiver {
  /** How deliveries are answered; `hold` never answers. */
  status: number | 'hold' = 200;
  /** What validations are answered with, given the challenge. */
  agree: (challenge: string) => string = (challenge) => challenge;
  readonly #target: HttpTarget;

  constructor(target: HttpTarget) {
    this.#target = target;
    target.answer = (asked, response) => this.#answer(asked, response);
  }

  get url(): string {
    return `${this.#target.url}/hook`;
  }
  get asked(): readonly Asked[] {
    return this.#target.asked;
  }
  get validations(): readonly Asked[] {
    return this.asked.filter(({ method }) => method === 'GET');
  }
  get deliveries(): readonly Delivered[] {
    const posts = this.asked.filter(({ method }) => method === 'POST');
    return posts.map(({ body }) => JSON.parse(body) as Delivered);
  }
  /** In the order they came, repetitions included. */
  get events(): readonly PlatformEvent[] {
    return this.deliveries.flatMap(({ events }) => events);
  }
  types(): readonly string[] {
    return this.events.map(({ type }) => type);
  }
  async until(type: string, count = 1): Promise<PlatformEvent> {
    const found = () => this.events.filter((event) => event.type === type);
    await eventually(() => found().length).toBeGreaterThanOrEqual(count);
    return found()[count - 1]!;
  }
  close(): Promise<void> {
    return this.#target.close();
  }

  #answer({ method, url }: Asked, response: ServerResponse): void {
    if (method === 'GET') {
      const challenge = new URL(url, 'http://x').searchParams.get('hub.challenge') ?? '';
      response.end(this.agree(challenge));
    } else if (this.status !== 'hold') {
      response.writeHead(this.status);
      response.end();
    }
  }
}

export async function startReceiver(): Promise<Receiver> {
  return new Receiver(await startHttpTarget());
}

export type OpenSimulator = {
  readonly url: string;
  readonly control: SimulatorControl;
  readonly receiver: Receiver;
  readonly call: (method: string, path: string, sent?: Sent) => Promise<Answer>;
  readonly callControl: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** A customer writes, and the event is there. */
  readonly says: (body: string, identity?: string, source?: string) => Promise<CastContent>;
  stop(): Promise<void>;
};

export async function openSimulator(
  options: Partial<SimulatorOptions> = {},
  given?: Receiver,
): Promise<OpenSimulator> {
  const receiver = given ?? (await startReceiver());
  const simulator = await startSimulator({
    port: 0,
    accessToken: token,
    exportDelay: 10,
    webhook: { url: receiver.url, secret, verifyToken },
    onExchange: observeExchange,
    ...options,
  });
  const control = connectControl(simulator.url);
  const says: OpenSimulator['says'] = async (body, identity = 'ana', source = 'chat') => {
    const cast = await control.customer({ source, identity, body });
    const isThere = () => receiver.events.some(({ id }) => id === cast.event_id);
    await eventually(isThere).toBe(true);
    return cast;
  };
  const callControl: OpenSimulator['callControl'] = (method, path, body) =>
    ask(`${simulator.url}${path}`, method, {
      ...(body !== undefined && { json: body as object }),
    });
  return {
    url: simulator.url,
    control,
    receiver,
    says,
    callControl,
    call: (method, path, sent = {}) => {
      const headers = { authorization: `Bearer ${token}`, ...sent.headers };
      return ask(`${simulator.url}/1.0${path}`, method, { ...sent, headers });
    },
    async stop() {
      await simulator.stop();
      if (!given) await receiver.close();
    },
  };
}

async function ask(url: string, method: string, { form, json, headers }: Sent): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(json && { 'content-type': 'application/json' }) },
    ...(json && { body: JSON.stringify(json) }),
    ...(form && {
      body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])),
    }),
  });
  return { status: response.status, answer: (await response.json()) as Answer['answer'] };
}

/** The records of a list's answer. */
export function records({ answer }: Answer): readonly Record<string, unknown>[] {
  return answer['records'] as readonly Record<string, unknown>[];
}

export function metadata(event: PlatformEvent): Record<string, unknown> {
  return event.resource.metadata;
}
