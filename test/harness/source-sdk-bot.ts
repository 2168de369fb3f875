/**
 * A bot that lives outside Baton, as its author would write it: signing code of its own, a server for
 * what humans say, and a memory of idempotency keys.
 */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const botSecret = 'secret-of-the-source-sdk-bot';

export type BotRequest = {
  readonly key: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly retry: boolean;
};

export function hmac(secret: string, text: string | Buffer): string {
  return createHmac('sha512', secret).update(text).digest('hex');
}

export class SourceSdkBot {
  /** Every request that came, with a good signature. */
  readonly requests: BotRequest[] = [];
  /** What was published to the customer, or found out by the bot: each key once. */
  readonly handled: BotRequest[] = [];
  /** So many answers to what humans say are lost after the request was taken in. */
  losesAnswers = 0;
  /** Takes in what humans say, and never answers. */
  hangs = false;
  refusesWith: number | undefined;
  badSignatures = 0;
  readonly #server = createServer();
  readonly #keys = new Set<string>();
  readonly #remembers: boolean;

  /** @param remembers false: a negative control that takes every request for something new */
  constructor(remembers = true) {
    this.#remembers = remembers;
  }

  async start(): Promise<this> {
    this.#server.on('request', (incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        if (incoming.headers['x-smccsdk-signature'] !== hmac(botSecret, body)) {
          this.badSignatures += 1;
          return void response.writeHead(401).end();
        }
        if (this.refusesWith !== undefined) return void response.writeHead(this.refusesWith).end();
        const request = JSON.parse(body.toString()) as BotRequest;
        this.#take(request, incoming.headers['idempotency-key']);
        const isAgents = request.params['from'] === 'agent';
        if (this.hangs && isAgents) return;
        if (this.losesAnswers > 0 && isAgents) {
          this.losesAnswers -= 1;
          return void incoming.socket.destroy();
        }
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  #take(request: BotRequest, header: unknown): void {
    if (header !== request.key) throw new Error('the key is not the header');
    this.requests.push(request);
    if (this.#remembers && this.#keys.has(request.key)) return;
    this.#keys.add(request.key);
    this.handled.push(request);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/baton`;
  }

  /** What agents said to the customer. */
  messages(from = 'agent'): readonly unknown[] {
    const said = this.handled.filter(
      ({ action, params }) => isSaid(action) && params['from'] === from,
    );
    return said.map(({ params }) => params['body']);
  }

  actions(): readonly string[] {
    return this.handled.filter(({ action }) => !isSaid(action)).map(({ action }) => action);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.closeAllConnections();
      this.#server.close(() => resolve());
    });
  }
}

function isSaid(action: string): boolean {
  return action === 'messages.create';
}

/** A call of the bot to Baton. */
export async function callBaton(
  ingress: string,
  action: string,
  params: object,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const body = JSON.stringify({ action, params });
  const answer = await fetch(`${ingress}/channels/source-sdk/conversations`, {
    method: 'POST',
    headers: { 'x-smccsdk-signature': hmac(botSecret, body) },
    body,
  });
  const text = await answer.text();
  if (answer.headers.get('x-smccsdk-signature') !== hmac(botSecret, text)) {
    throw new Error(`the answer is not signed: ${answer.status} ${text}`);
  }
  return { status: answer.status, body: JSON.parse(text) as Record<string, unknown> };
}
