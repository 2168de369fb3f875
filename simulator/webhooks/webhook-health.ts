/**
 * Whether a webhook gets events: validated first, suspended when too many of its answers are errors
 * (events of that time are lost to it), restored when a trial succeeds.
 */
import type { Webhook } from '../state.js';
import { validate } from './handshake.js';
import { ErrorShare, trialEvery } from './suspension.js';

const handshakeEvery = 500;
const handshakes = 120;

export type HealthOptions = {
  readonly timeScale: number;
  /** A webhook may get events from now on. */
  readonly opened: () => void;
  readonly journal: (name: string) => void;
};

export class WebhookHealth {
  readonly #options: HealthOptions;
  readonly #shares = new Map<string, ErrorShare>();
  #isRunning = true;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** It was saved: it is asked for up to a minute whether it wants events. */
  async open(webhook: Webhook): Promise<void> {
    webhook.webhook_status = 'pending';
    for (let left = handshakes; left > 0 && this.#isRunning; left -= 1) {
      if (await this.#isValid(webhook)) return;
      await pause(handshakeEvery);
    }
    if (this.#isRunning) webhook.webhook_status = 'disabled';
  }

  /** An attempt was answered, well or badly. */
  count(webhook: Webhook, at: number, isError: boolean): void {
    const share = this.#shares.get(webhook.id) ?? new ErrorShare();
    this.#shares.set(webhook.id, share);
    share.add(at, isError);
    if (!share.isTooHigh || webhook.webhook_status !== 'enabled') return;
    webhook.webhook_status = 'suspended';
    this.#options.journal('webhook.suspended');
    void this.#restore(webhook, share);
  }

  async #restore(webhook: Webhook, share: ErrorShare): Promise<void> {
    while (this.#isRunning) {
      await pause(trialEvery / this.#options.timeScale);
      if (!(await this.#isValid(webhook))) continue;
      share.forget();
      this.#options.journal('webhook.restored');
      return;
    }
  }

  async #isValid(webhook: Webhook): Promise<boolean> {
    if (!this.#isRunning || !(await validate(webhook))) return false;
    webhook.webhook_status = 'enabled';
    this.#options.opened();
    return true;
  }

  stop(): void {
    this.#isRunning = false;
  }
}

function pause(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time).unref());
}
