/**
 * Facebook's webhook to the bot's own app: signed, one delivery per event, in order, retried for a while
 * until the app answers with 200. Faults by type, such as `messenger.request_thread_control`: `drop`,
 * `duplicate`.
 */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../faults.js';
import type { State } from '../state.js';

const pause = 100;
const attempts = 50;

export class MessengerSender {
  readonly #state: State;
  readonly #faults: Faults;
  readonly #now: () => number;
  #last: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(state: State, faults: Faults, now: () => number) {
    this.#state = state;
    this.#faults = faults;
    this.#now = now;
  }

  notify(customer: string, what: Readonly<Record<string, object>>): void {
    const { messenger: page } = this.#state;
    const [name = ''] = Object.keys(what);
    const type = `messenger.${name}`;
    const subject = { type, customer };
    if (!page || this.#faults.strikes('drop', subject)) return;
    const timestamp = this.#now();
    const event = { sender: { id: customer }, recipient: { id: page.page_id }, timestamp, ...what };
    const entry = [{ id: page.page_id, time: timestamp, messaging: [event] }];
    const body = JSON.stringify({ object: 'page', entry });
    const times = this.#faults.strikes('duplicate', subject) ? 2 : 1;
    for (let i = 0; i < times; i += 1) this.#last = this.#last.then(() => this.#deliver(body));
  }

  stop(): void {
    this.#isOver = true;
  }

  async #deliver(body: string): Promise<void> {
    const { messenger: page } = this.#state;
    if (!page) return;
    const signature = createHmac('sha256', page.webhook.app_secret).update(body).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${signature}`,
    };
    for (let attempt = 0; attempt < attempts && !this.#isOver; attempt += 1) {
      const status = await fetch(page.webhook.url, { method: 'POST', headers, body }).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 200) return;
      await sleep(pause);
    }
  }
}
