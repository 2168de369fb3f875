/**
 * A Source SDK bot outside Baton, as its author would write it: it sends its conversation to Baton until that is
 * accepted, asks for a human, and takes in what agents say, each request once by its idempotency key.
 */
import { createHmac } from 'node:crypto';
import { secrets } from '../../../local/secrets.js';
import type { Server } from '../host/network.js';
import type { VirtualTime } from '../host/virtual-time.js';

export type Request = {
  readonly key: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
};

/** Name of its source in the settings. */
export const outsideSource = 'outside';
const again = 2_000;
/** As `docs/channels.md` says. */
const silencing = new Set(['conversations.waiting', 'conversations.engaged']);
const returning = new Set([
  ...['conversations.returned', 'conversations.closed', 'conversations.refused'],
]);

export class OutsideBot implements Server {
  /** What Baton has sent, each key once. */
  readonly handled: Request[] = [];
  readonly #keys = new Set<string>();
  readonly #time: VirtualTime;
  readonly #url: string;
  /** Conversations in which it is silent. */
  readonly #withHumans = new Set<string>();
  #messages = 0;

  /** @param url of Baton's endpoint for such bots */
  constructor(time: VirtualTime, url: string) {
    this.#time = time;
    this.#url = url;
  }

  async fetch(request: globalThis.Request): Promise<Response> {
    const body = await request.text();
    if (request.headers.get('x-smccsdk-signature') !== sign(body))
      return new Response(null, { status: 401 });
    const sent = JSON.parse(body) as Request;
    if (!this.#keys.has(sent.key)) this.#take(sent);
    return new Response(null, { status: 200 });
  }

  #take(sent: Request): void {
    this.#keys.add(sent.key);
    this.handled.push(sent);
    const conversation = String(sent.params['conversation']);
    if (silencing.has(sent.action)) this.#withHumans.add(conversation);
    if (returning.has(sent.action)) this.#withHumans.delete(conversation);
  }

  /** The customer writes to the bot, which answers, or asks for a human. */
  customerWrites(who: number, body: string): void {
    void this.#converse(who, body);
  }

  async #converse(who: number, body: string): Promise<void> {
    const conversation = { source: outsideSource, conversation: conversationOf(who) };
    const customer = { id: `customer-${who}`, screenname: `customer-${who}` };
    await this.#send('messages.create', {
      ...conversation,
      message: this.#said('customer', body),
      customer,
    });
    if (this.#withHumans.has(conversation.conversation)) return;
    if (body.includes('human')) {
      this.#withHumans.add(conversation.conversation);
      this.#messages += 1;
      await this.#send('conversations.hand_over', { ...conversation, id: `h-${this.#messages}` });
      return;
    }
    await this.#time.pass(1_000);
    if (this.#withHumans.has(conversation.conversation)) return;
    await this.#send('messages.create', {
      ...conversation,
      message: this.#said('bot', `ANSWER ${this.#messages}`),
    });
  }

  #said(by: 'customer' | 'bot', body: string): object {
    this.#messages += 1;
    return { id: `m-${this.#messages}`, by, body: body.slice(0, 20_000) };
  }

  async #send(action: string, params: object): Promise<void> {
    const body = JSON.stringify({ action, params });
    const headers = { 'x-smccsdk-signature': sign(body) };
    for (;;) {
      const answer = await fetch(this.#url, { method: 'POST', headers, body }).catch(
        () => undefined,
      );
      if (answer?.ok) return;
      if (answer && answer.status < 500 && answer.status !== 429)
        throw new Error(`${action}: ${answer.status} ${await answer.text()}`);
      await this.#time.pass(again);
    }
  }
}

export function conversationOf(who: number): string {
  return `c-${who}`;
}

function sign(text: string): string {
  const { BATON_SOURCE_SDK_BOT_SECRET: secret } = secrets;
  return createHmac('sha512', secret).update(text).digest('hex');
}
