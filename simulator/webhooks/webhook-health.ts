/**
 * Whether a webhook gets events: validated first, suspended after too many errors (events of that time are
 * lost), restored by a successful trial. Trials run by simulated time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../clock.js';
import type { Webhook } from '../state.js';
import { validate } from './handshake.js';
import { ErrorShare, shareWindow, trialEvery } from './suspension.js';

export type HealthOptions = {
  readonly timeScale: number;
  readonly clock: Clock;
  /** Called when its status has changed. */
  readonly changed: (webhook: Webhook) => void;
  readonly journal: (name: string) => void;
};

export class WebhookHealth {
  readonly #options: HealthOptions;
  readonly #shares = new Map<string, ErrorShare>();
  readonly #trials = new Map<Webhook, number>();
  /** The latest validation of each webhook; earlier ones still in progress are void. */
  readonly #asking = new Map<string, symbol>();
  #isRunning = true;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** Validates every half second, this many times; a failure of the last attempt disables it. */
  async open(webhook: Webhook, times: number): Promise<void> {
    const asking = Symbol(webhook.id);
    this.#asking.set(webhook.id, asking);
    this.#trials.delete(webhook);
    webhook.webhook_status = 'pending';
    for (let left = times; left > 0; left -= 1) {
      const isValid = await validate(webhook);
      if (!this.#isRunning || this.#asking.get(webhook.id) !== asking) return;
      if (isValid) {
        this.#begin(webhook);
        return;
      }
      if (left > 1) await pause(500, undefined, { ref: false });
    }
    webhook.active = false;
    this.#turn(webhook, 'disabled');
    this.#options.journal('webhook.disabled');
  }

  /** Counts an attempt, successful or not. */
  count(webhook: Webhook, isError: boolean): void {
    const { clock, timeScale, journal } = this.#options;
    const share = this.#shares.get(webhook.id) ?? new ErrorShare(shareWindow / timeScale);
    this.#shares.set(webhook.id, share);
    share.add(clock.now(), isError);
    if (!share.isTooHigh || webhook.webhook_status !== 'enabled') return;
    this.#turn(webhook, 'suspended');
    this.#trialLater(webhook);
    journal('webhook.suspended');
  }

  nextTrial(): number | undefined {
    const times = [...this.#trials.values()];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async runTrials(): Promise<void> {
    const now = this.#options.clock.now();
    const due = [...this.#trials].filter(([, at]) => at <= now).map(([webhook]) => webhook);
    for (const webhook of due) this.#trials.delete(webhook);
    await Promise.all(due.map((webhook) => this.#try(webhook)));
  }

  async #try(webhook: Webhook): Promise<void> {
    const isValid = await validate(webhook);
    if (!this.#isRunning || webhook.webhook_status !== 'suspended') return;
    if (!isValid) {
      this.#trialLater(webhook);
      return;
    }
    this.#options.journal('webhook.restored');
    this.#begin(webhook);
  }

  /** Resets earlier answers: otherwise the first good answer would suspend it. */
  #begin(webhook: Webhook): void {
    this.#shares.get(webhook.id)?.forget();
    this.#turn(webhook, 'enabled');
  }

  #trialLater(webhook: Webhook): void {
    const { clock, timeScale } = this.#options;
    this.#trials.set(webhook, clock.now() + Math.ceil(trialEvery / timeScale));
    clock.wake();
  }

  #turn(webhook: Webhook, status: Webhook['webhook_status']): void {
    webhook.webhook_status = status;
    this.#options.changed(webhook);
  }

  stop(): void {
    this.#isRunning = false;
  }
}
