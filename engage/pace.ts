/**
 * The account's calls, paced: in no sliding minute more than allowed, evenly, the most urgent first.
 *
 * A call counts from when it may be made until a minute after it was answered, since nobody can know when
 * in between the platform counted it: however late anything travels, the platform never sees more than
 * allowed in a minute. A few calls may follow each other at once, so that a reply, which is two, does
 * not wait for itself; the rest leave evenly, so that none has to wait for a minute's end.
 *
 * Who looks and then does what cannot be undone waits for all its calls before the first of them: between
 * the look and the deed there must be no line to stand in.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { NoTurn } from './errors.js';

export type Pace = {
  /** Runs a call when its turn has come. Lower is sooner; equals in the order they came. */
  inTurn<T>(urgency: number, call: () => Promise<T>, together?: Together): Promise<T>;
  /** Among so many processes the account's limit is shared from now on. */
  shareAmong(processes: number): void;
};

export type Together = {
  /** So many calls made within are part of this turn, and wait no more. */
  readonly calls: number;
  /** Milliseconds after which it is not waited for any longer. @throws NoTurn then */
  readonly within: number;
};

export type PaceOptions = {
  /** What the platform allows the account. */
  readonly perMinute: number;
  /** How long a minute is, in milliseconds. */
  readonly minute?: number;
  readonly now?: () => number;
};

/** Of what is allowed, so much may follow each other at once. */
const atOnce = 0.01;

type Waiting = {
  readonly urgency: number;
  readonly wants: number;
  /** Told how many calls it has: never more than there may be in a minute. */
  readonly go: (calls: number) => void;
};

/** What whoever has a turn of several calls has left of it. */
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

/** @returns how many calls it has */
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
  /** When calls of the last minute were answered, oldest first. */
  #answered: number[] = [];
  #inFlight = 0;
  #allowed: number;
  /** Calls that may be made at once, and since when that is so. */
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

  /** Milliseconds from one call to the next. */
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

  /** Calls of a turn that were not made. */
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

  /** Lets go whoever may, and comes again when the next one may. */
  #go(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const [next] = this.#waiting;
      if (!next) return;
      const calls = Math.min(next.wants, this.#allowed);
      const wait = this.#wait(this.#now(), calls);
      if (wait > 0) {
        // Without an answer to wait for it is an answer that lets the next one go.
        if (wait < Infinity) this.#timer = setTimeout(() => this.#go(), Math.ceil(wait));
        return;
      }
      this.#waiting.shift();
      this.#ready -= calls;
      this.#inFlight += calls;
      next.go(calls);
    }
  }

  /** Milliseconds until so many calls may be made. */
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
