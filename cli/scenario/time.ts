/**
 * Simulated time of a scenario: the platform's clock and Temporal's, moved in step.
 *
 * Neither may run ahead of the other's next event. So time moves in strides, each to the nearest time at
 * which anything is due (a chore of the platform or a deadline of a thread), and after each stride all
 * work in progress is finished. Without time skipping, real time passes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatorControl } from '../../simulator/control-client.js';
import type { State } from '../../simulator/state.js';
import type { ThreadCard } from '../../workflows/contract/index.js';
import type { Server } from '../../local/server.js';
import type { Look, Watch } from './watch.js';

/** Real milliseconds that the bot may take before an expectation is checked. */
const timeout = 30_000;
const soon = 1_000;
/** A call with retries waits up to minutes: strides become longer, up to this length. */
const longestStride = 60_000;
/** Timers fire a little after their deadline, by the duration of a workflow task. */
const shortest = 25;
/** A deadline that passed this long ago waits for something other than time. */
const overdue = 2_000;
/** Real milliseconds: how long nothing new may be seen, and the longest call in flight. */
const stillFor = 15;
const longestWork = 60_000;

export type TimeOptions = {
  readonly server: Server;
  readonly control: SimulatorControl;
  /** State of the simulator, read directly: its clock and its chores. */
  readonly account: State;
  readonly watch: Watch;
  /** The platform is down: it delivers nothing. */
  readonly isOutage: () => boolean;
};

export class Time {
  readonly #options: TimeOptions;
  /** The last snapshot, as long as no action has happened and no time was skipped since. */
  #still: Look | undefined;

  constructor(options: TimeOptions) {
    this.#options = options;
  }

  /** The platform's time, Unix milliseconds. */
  get now(): number {
    return Date.now() + this.#options.account.clock_offset;
  }

  /** Invalidates the last snapshot after an action. */
  stir(): void {
    this.#still = undefined;
  }

  /** @returns whether the condition became true before the time had passed */
  async pass(time: number, isSo: () => Promise<boolean>): Promise<boolean> {
    const end = this.now + time;
    let seen = await this.#settle();
    let step = soon;
    while (!(await isSo())) {
      if (this.now >= end) return false;
      const before = seen.mark;
      seen = await this.#stride(Math.min(end, this.#next(seen, step)));
      step = seen.mark === before ? Math.min(step * 2, longestStride) : soon;
    }
    return true;
  }

  /** Lets Baton finish its work in progress, for as long as a person would wait. */
  async calm(): Promise<void> {
    const end = this.now + timeout;
    let seen = await this.#settle();
    while (this.now < end) {
      const isBusy = seen.cards.some(hasSomethingInHand);
      const near = this.#nearest(seen, (name) => name === 'burst-quiet' || name === 'outbox-retry');
      if (!isBusy && near > this.now + soon) return;
      seen = await this.#stride(Math.min(end, near, this.now + soon));
    }
  }

  #next(seen: Look, step: number): number {
    const nearest = this.#nearest(seen, () => true);
    // Work outside of threads, such as an emergency, is in no thread's deadlines.
    const mayComeAnyTime = !this.#options.server.skipsTime;
    if (mayComeAnyTime) return Math.min(nearest, this.now + soon);
    const isBusy = seen.cards.some(({ doing }) => doing !== undefined);
    return isBusy ? Math.min(nearest, this.now + step) : nearest;
  }

  /** Next due time: of the platform, and of the threads' deadlines with one of these names. */
  #nearest({ cards }: Look, isMeant: (deadline: string) => boolean): number {
    const { chores, deliveries } = this.#options.account;
    const deadlines = cards
      .flatMap((card) => card.deadlines.filter(({ name }) => isMeant(name)))
      .map(({ at }) => Date.parse(at))
      .filter((at) => at > this.now - overdue);
    const retries = deliveries.map(({ due }) => due).filter((due) => due > this.now);
    return Math.min(...chores.map(({ due }) => due), ...retries, ...deadlines, Infinity);
  }

  async #stride(to: number): Promise<Look> {
    const { server, control } = this.#options;
    const until = Math.max(to, this.now + shortest);
    this.stir();
    if (server.skipsTime) await control.advance(`${Math.round(until - this.now)}ms`);
    await server.sleepUntil(until);
    return this.#settle();
  }

  /** Waits in real time until only time itself can cause a change. */
  async #settle(): Promise<Look> {
    if (this.#still) return this.#still;
    const began = Date.now();
    let since = began;
    let before = '';
    for (;;) {
      const seen = await this.#options.watch.look();
      const isBusy = seen.isAtWork || this.#isDelivering();
      const now = Date.now();
      if (isBusy || seen.mark !== before) since = now;
      if (now - since >= stillFor || now - began > longestWork) {
        // In real time a change may happen at any moment, so nothing is cached.
        if (this.#options.server.skipsTime) this.#still = seen;
        return seen;
      }
      before = seen.mark;
      await pause(5);
    }
  }

  #isDelivering(): boolean {
    const { account, isOutage } = this.#options;
    const { deliveries, webhooks } = account;
    if (isOutage()) return false;
    return deliveries.some(
      ({ due, webhook_id: id }) => due <= this.now && webhooks[id]?.webhook_status === 'enabled',
    );
  }
}

function hasSomethingInHand(card: ThreadCard): boolean {
  const waits = card.phase === 'bot' && card.waitingContents > 0;
  const isPaused = card.botPausedUntil !== undefined;
  return card.doing !== undefined || card.outbox.length > 0 || (waits && !isPaused);
}
