/**
 * Paces the account's calls: a limit per sliding minute, spread evenly, the most urgent first.
 *
 * A call counts from its start until a minute after its answer, because the time at which the platform
 * counts it is unknown: whatever the latency, the platform never sees more calls in a minute than allowed.
 * A small burst is possible, so that a reply, which takes two calls, does not wait for itself; other calls
 * start evenly, so that none waits for the end of a minute.
 *
 * A read-then-write sequence reserves budget for all its calls first, so that it never queues in between.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { NoTurn } from './errors.js';

export type Pace = {
  /** Runs a call when it has budget. A lower urgency value goes first; equal ones in order of arrival. */
  inTurn<T>(urgency: number, call: () => Promise<T>, together?: Together): Promise<T>;
  /** Divides the account's limit among this number of processes from now on. */
  shareAmong(processes: number): void;
};

export type Together = {
  /** Number of calls made within that belong to this turn and do not queue again. */
  readonly calls: number;
  /** Timeout in milliseconds. @throws NoTurn after it */
  readonly within: number;
};

export type PaceOptions = {
  /** The platform's limit for the account. */
  readonly perMinute: number;
  /** Length of a minute, in milliseconds. */
  readonly minute?: number;
  readonly now?: () => number;
};

/** Share of the limit that may start as a burst. */
const atOnce = 0.01;

type Waiting = {
  readonly urgency: number;
  readonly wants: number;
  /** Starts the waiter with the number of its calls, which never exceeds the limit per minute. */
  readonly go: (calls: number) => void;
};

/** Remaining calls of a reserved turn. */
type Grant = { left: number };

export function createPace(options: PaceOptions): Pace {
  const queue = new Turns(options);
  const granted = new AsyncLocalStorage<Grant>();
  const counted = async <T>(call: () => Promise<T>) => {
    try {
      return await call();
    } finally {
      queue.answered();
    }
  };
  const whole = async <T>(urgency: number, run: () => Promise<T>, together: Together) => {
    const grant: Grant = { left: await turnOf(queue, urgency, together) };
    try {
      return await granted.run(grant, run);
    } finally {
      queue.unused(grant.left);
      grant.left = 0;
    }
  };
  return {
    shareAmong: (processes) => queue.shareAmong(processes),
    async inTurn(urgency, call, together) {
      if (together) return whole(urgency, call, together);
      const grant = granted.getStore();
      if (grant && grant.left > 0) grant.left -= 1;
      else await turnOf(queue, urgency);
      return counted(call);
    },
  };
}

/** @returns the number of calls it has */
function turnOf(queue: Turns, urgency: number, together?: Together): Promise<number> {
  return new Promise((resolve, reject) => {
    let impatience: NodeJS.Timeout | undefined;
    const go = (calls: number) => {
      clearTimeout(impatience);
      resolve(calls);
    };
    const waiting = { urgency, wants: together?.calls ?? 1, go };
    const giveUp = () => {
      queue.remove(waiting);
      reject(new NoTurn({ call: 'a turn' }));
    };
    if (together) impatience = setTimeout(giveUp, together.within);
    queue.add(waiting);
  });
}

class Turns {
  readonly #perMinute: number;
  readonly #minute: number;
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];
  /** Times of the answers within the last minute, oldest first. */
  #answered: number[] = [];
  #inFlight = 0;
  #allowed: number;
  /** Calls that may start at once, and since when. */
  #ready: number;
  #readySince: number;
  #timer: NodeJS.Timeout | undefined;

  constructor({ perMinute, minute = 60_000, now = () => performance.now() }: PaceOptions) {
    this.#perMinute = perMinute;
    this.#minute = minute;
    this.#now = now;
    this.#allowed = perMinute;
    this.#ready = this.#burst;
    this.#readySince = now();
  }

  get #burst(): number {
    return Math.max(1, this.#allowed * atOnce);
  }

  /** Milliseconds between two calls. */
  get #gap(): number {
    return this.#minute / Math.max(this.#allowed - this.#burst, 0.5);
  }

  shareAmong(processes: number): void {
    this.#allowed = Math.max(1, Math.floor(this.#perMinute / Math.max(processes, 1)));
    this.#go();
  }

  add(one: Waiting): void {
    const after = this.#waiting.findIndex(({ urgency }) => urgency > one.urgency);
    this.#waiting.splice(after === -1 ? this.#waiting.length : after, 0, one);
    this.#go();
  }

  remove(one: Waiting): void {
    const at = this.#waiting.indexOf(one);
    if (at !== -1) this.#waiting.splice(at, 1);
    this.#go();
  }

  /** Returns the unused calls of a turn. */
  unused(calls: number): void {
    this.#inFlight -= calls;
    this.#ready += calls;
    this.#go();
  }

  answered(): void {
    this.#inFlight -= 1;
    this.#answered.push(this.#now());
    this.#go();
  }

  /** Starts every waiter whose budget is available and schedules the next check. */
  #go(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const [next] = this.#waiting;
      if (!next) return;
      const calls = Math.min(next.wants, this.#allowed);
      const wait = this.#wait(this.#now(), calls);
      if (wait > 0) {
        // An infinite wait needs no timer: the next answer triggers the check.
        if (wait < Infinity) this.#timer = setTimeout(() => this.#go(), Math.ceil(wait));
        return;
      }
      this.#waiting.shift();
      this.#ready -= calls;
      this.#inFlight += calls;
      next.go(calls);
    }
  }

  /** Milliseconds until this number of calls may start. */
  #wait(now: number, calls: number): number {
    const gained = (now - this.#readySince) / this.#gap;
    this.#ready = Math.min(this.#ready + gained, this.#burst);
    this.#readySince = now;
    const pacing = (1 - this.#ready) * this.#gap;
    this.#forget(now);
    const count = this.#inFlight + this.#answered.length;
    if (count + calls <= this.#allowed) return pacing;
    const [oldest] = this.#answered.slice(count + calls - 1 - this.#allowed);
    return oldest === undefined ? Infinity : Math.max(oldest + this.#minute - now, pacing, 1);
  }

  #forget(now: number): void {
    const recent = this.#answered.findIndex((at) => at > now - this.#minute);
    if (recent > 0) this.#answered = this.#answered.slice(recent);
    else if (recent === -1) this.#answered = [];
  }
}
