/**
 * Sends events to webhooks: at least once, with a secret header, one request at a time per thread unless a
 * fault changes that, with retries, and never to a suspended webhook.
 */
import type { Clock } from '../clock.js';
import type { Faults } from '../faults.js';
import type { Delivery, PlatformEvent, State, Webhook } from '../state.js';
import { customerOfThread } from '../platform/threads.js';
import { answerTimeout, delayAfter } from './retry-table.js';
import { withQuirks } from './quirks.js';
import { WebhookHealth } from './webhook-health.js';

export type SenderOptions = {
  readonly state: State;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly domainId: string;
  readonly timeScale: number;
  readonly newId: () => string;
  readonly changed: () => void;
  readonly journal: (name: string) => void;
};

/** Milliseconds that a batch waits for more events. */
const batchWait = 50;

/** Number of validation attempts at start: an endpoint has a minute to come up. */
const timeout = 120;

export class WebhookSender {
  readonly #options: SenderOptions;
  readonly #health: WebhookHealth;
  /** Threads with a request in flight: their next event waits for it. */
  readonly #busy = new Set<string>();
  readonly #sending = new Set<string>();
  readonly #stopping = new AbortController();

  constructor(options: SenderOptions) {
    this.#options = options;
    const { timeScale, journal, clock } = options;
    const changed = (webhook: Webhook) => this.#statusChanged(webhook);
    this.#health = new WebhookHealth({ timeScale, journal, clock, changed });
    for (const webhook of Object.values(options.state.webhooks)) {
      const isOpen = !webhook.active || webhook.webhook_status === 'enabled';
      if (!isOpen) void this.#health.open(webhook, timeout);
    }
  }

  /** A saved webhook gets events after its validation, which is tried once, as on the platform. */
  enable(webhook: Webhook): void {
    if (webhook.active) void this.#health.open(webhook, 1);
    else this.#forget(webhook);
  }

  #statusChanged(webhook: Webhook): void {
    const { clock, changed } = this.#options;
    if (webhook.webhook_status === 'disabled') this.#forget(webhook);
    changed();
    clock.wake();
  }

  #forget({ id }: Webhook): void {
    const { state } = this.#options;
    state.deliveries = state.deliveries.filter((one) => one.webhook_id !== id);
  }

  take(event: PlatformEvent): void {
    for (const webhook of Object.values(this.#options.state.webhooks)) {
      if (!webhook.active || !webhook.registered_events.includes(event.type)) continue;
      if (webhook.webhook_status === 'suspended' || webhook.webhook_status === 'disabled') continue;
      this.#enqueue(webhook, event);
    }
    this.#options.clock.wake();
  }

  #enqueue(webhook: Webhook, event: PlatformEvent): void {
    const { faults, state } = this.#options;
    const customer = customerOfThread(state, getThreadId(event));
    const subject = { type: event.type, customer };
    if (faults.strikes('drop', subject)) return;
    const sent = faults.strikes('quirks', subject) ? withQuirks(event) : event;
    this.#add(webhook, sent, this.#lateness(subject));
    if (!faults.strikes('duplicate', subject)) return;
    this.#add(webhook, sent, faults.timeWithin('duplicate', 1_000, customer));
  }

  #lateness(subject: { readonly type: string; readonly customer: string | undefined }): number {
    const { faults } = this.#options;
    const { customer } = subject;
    if (faults.strikes('reorder', subject)) return faults.timeWithin('reorder', 500, customer);
    if (faults.strikes('delay', subject)) return faults.time('delay', 2_000, customer);
    return 0;
  }

  #add(webhook: Webhook, event: PlatformEvent, lateness: number): void {
    const { state, clock, faults, newId } = this.#options;
    const { batch } = faults.settings;
    const now = clock.now();
    const open = state.deliveries.find(
      (one) =>
        one.webhook_id === webhook.id &&
        one.attempt === 0 &&
        one.due > now &&
        one.events.length < (batch ?? 0),
    );
    if (open && lateness === 0) {
      open.events.push(event);
      if (open.events.length === batch) open.due = now;
      return;
    }
    const due = now + lateness + (batch === undefined ? 0 : batchWait);
    const delivery = { id: newId(), webhook_id: webhook.id, events: [event], attempt: 0, due };
    state.deliveries.push(delivery);
  }

  nextDue(): number | undefined {
    const { state, faults } = this.#options;
    if (faults.settings.outage) return undefined;
    let next = this.#health.nextTrial();
    for (const delivery of state.deliveries) {
      const isSooner = next === undefined || delivery.due < next;
      if (isSooner && this.#mayGo(delivery)) next = delivery.due;
    }
    return next;
  }

  /** Resolves when all due deliveries have been answered, successfully or not. */
  async sendDue(): Promise<void> {
    const { state, clock, faults } = this.#options;
    if (faults.settings.outage || this.#stopping.signal.aborted) return;
    const now = clock.now();
    const due = state.deliveries.filter((one) => one.due <= now).sort((a, b) => a.due - b.due);
    const running: Promise<void>[] = [this.#health.runTrials()];
    for (const delivery of due) {
      if (this.#mayGo(delivery)) running.push(this.#send(delivery));
    }
    await Promise.all(running);
  }

  #mayGo(delivery: Delivery): boolean {
    const webhook = this.#options.state.webhooks[delivery.webhook_id];
    if (webhook?.webhook_status !== 'enabled' || this.#sending.has(delivery.id)) return false;
    return delivery.attempt > 0 || !threadsOf(delivery).some((id) => this.#busy.has(id));
  }

  async #send(delivery: Delivery): Promise<void> {
    const { state, clock, changed } = this.#options;
    const webhook = state.webhooks[delivery.webhook_id];
    if (!webhook) return;
    const threads = threadsOf(delivery);
    this.#sending.add(delivery.id);
    for (const id of threads) this.#busy.add(id);
    const at = clock.now();
    const status = await this.#post(webhook, delivery);
    for (const id of threads) this.#busy.delete(id);
    this.#sending.delete(delivery.id);
    // Unanswered at shutdown: the next start sends it again.
    if (this.#stopping.signal.aborted) return;
    delivery.attempt += 1;
    state.attempts.push({
      delivery_id: delivery.id,
      events: delivery.events.map((event) => ({
        id: event.id,
        type: event.type,
        thread_id: getThreadId(event),
      })),
      at: new Date(at).toISOString(),
      attempt: delivery.attempt,
      status,
    });
    this.#settle(webhook, delivery, status);
    changed();
    clock.wake();
  }

  async #post(webhook: Webhook, { id, events }: Delivery): Promise<number | null> {
    try {
      const answer = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(webhook.secret !== '' && { 'x-dimelo-secret': webhook.secret }),
        },
        body: JSON.stringify({ id, domain_id: this.#options.domainId, events }),
        signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(answerTimeout)]),
        redirect: 'error',
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }

  /** Only 200 counts as success. */
  #settle(webhook: Webhook, delivery: Delivery, status: number | null): void {
    const { state, clock, timeScale } = this.#options;
    this.#health.count(webhook, status !== 200);
    const delay = status === 200 ? undefined : delayAfter(delivery.attempt, timeScale);
    if (delay === undefined) state.deliveries = state.deliveries.filter((one) => one !== delivery);
    else delivery.due = clock.now() + delay;
  }

  stop(): void {
    this.#stopping.abort();
    this.#health.stop();
  }
}

export function getThreadId(event: PlatformEvent): string | null {
  const id = event.resource.metadata['thread_id'];
  return typeof id === 'string' ? id : null;
}

function threadsOf({ events }: Delivery): readonly string[] {
  return events.map(getThreadId).filter((id) => id !== null);
}
