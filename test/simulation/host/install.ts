/**
 * Replaces what a process gets from its machine: clock, timers, random numbers, network. From then on the real
 * code of Baton and of the simulator runs in the present world's virtual time. Import it before anything else.
 *
 * Node's own parts below these globals are untouched, for example the streams of request bodies.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { inPresentContext, SharedAsyncLocalStorage } from './async-storage.js';
import { createRandom, type Random } from './random.js';
import { isDead } from '../temporal/worker.js';
import { VirtualTime } from './virtual-time.js';

export type Host = {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly fetch: typeof fetch;
};

const RealDate = Date;
const loadedAt = RealDate.UTC(2026, 0, 1);

/** While modules are loaded, before a world is entered: time stands still, and nobody is reached. */
let present: Host = {
  time: new VirtualTime(loadedAt),
  random: createRandom(0),
  fetch: () => Promise.reject(new Error('no simulated world has been entered')),
};

/** From now on this world's. */
export function enter(host: Host): void {
  present = host;
}

const globals = globalThis as { readonly __TEMPORAL_ACTIVATOR__?: { readonly now: number } };
/** A workflow that is repeated from its history sees the time of then. */
const now = () => globals.__TEMPORAL_ACTIVATOR__?.now ?? present.time.now;

function installClock(): void {
  class VirtualDate extends RealDate {
    constructor(...of: readonly unknown[]) {
      super(...((of.length === 0 ? [now()] : of) as [number]));
    }
    static override now = now;
  }
  globalThis.Date = VirtualDate as DateConstructor;
  performance.now = () => now() - loadedAt;
}

/** As Node's `Timeout`, as far as Baton uses it. */
class VirtualTimer {
  #entry: { cancel(): void };
  constructor(milliseconds: number, run: () => void, isRepeated: boolean) {
    const every = Math.max(milliseconds || 0, 1);
    const again = inPresentContext(() => {
      if (isDead()) return;
      if (isRepeated) this.#entry = present.time.after(every, again);
      run();
    });
    this.#entry = present.time.after(every, again);
  }
  cancel = () => this.#entry.cancel();
  ref = () => this;
  unref = () => this;
  hasRef = () => true;
  [Symbol.toPrimitive] = () => 0;
}

type Callback = (...args: readonly unknown[]) => void;

function installTimers(): void {
  const timer =
    (isRepeated: boolean) =>
    (run: Callback, milliseconds = 0, ...args: readonly unknown[]) =>
      new VirtualTimer(milliseconds, () => run(...args), isRepeated);
  const cancel = (one: unknown) => {
    if (one instanceof VirtualTimer) one.cancel();
  };
  const pause = (milliseconds = 0, value?: unknown, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise((resolve, reject) => {
      const entry = present.time.after(milliseconds, () => resolve(value));
      signal?.addEventListener('abort', () => {
        entry.cancel();
        reject(signal.reason as Error);
      });
    });
  Object.assign(globalThis, {
    setTimeout: timer(false),
    setInterval: timer(true),
    setImmediate: (run: Callback, ...args: readonly unknown[]) =>
      new VirtualTimer(0, () => run(...args), false),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  });
  AbortSignal.timeout = (milliseconds) => {
    const controller = new AbortController();
    const late = () => controller.abort(new DOMException('the time is over', 'TimeoutError'));
    present.time.after(milliseconds, late);
    return controller.signal;
  };
  const require = createRequire(import.meta.url);
  Object.assign(require('node:timers/promises') as object, { setTimeout: pause });
}

function installChance(): void {
  const require = createRequire(import.meta.url);
  const bytes = (count: number) =>
    Buffer.from(Array.from({ length: count }, () => present.random.integer(0, 255)));
  const uuid = () => {
    const hex = bytes(16).toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
      .concat(hex.slice(20))
      .join('-');
  };
  Object.assign(require('node:crypto') as object, { randomBytes: bytes, randomUUID: uuid });
  Object.assign(crypto, { randomUUID: uuid });
  Math.random = () => present.random.next();
}

function installContext(): void {
  const require = createRequire(import.meta.url);
  const AsyncLocalStorage = SharedAsyncLocalStorage;
  Object.assign(require('node:async_hooks') as object, { AsyncLocalStorage });
  // Temporal's workflow library expects it where its sandbox puts it.
  Object.assign(globalThis, { AsyncLocalStorage });
}

function install(): void {
  installContext();
  installClock();
  installTimers();
  installChance();
  globalThis.fetch = (...request) => present.fetch(...request);
  syncBuiltinESMExports();
}

install();
