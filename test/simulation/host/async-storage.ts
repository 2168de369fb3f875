/**
 * One asynchronous context for the whole process, in place of one for each `AsyncLocalStorage`: Node of this
 * version carries every one of them along with every promise, and worlds would leave theirs behind.
 */
import { AsyncLocalStorage as Real } from 'node:async_hooks';

type Stores = ReadonlyMap<object, unknown>;
const real = new Real<Stores>();
const none: Stores = new Map();

/** As Node's, as far as it is used: `run`, `exit`, `getStore`, `enterWith`, `disable`. */
export class SharedAsyncLocalStorage<T> {
  getStore(): T | undefined {
    return real.getStore()?.get(this) as T | undefined;
  }

  run<R>(store: T, callback: (...args: never[]) => R, ...args: never[]): R {
    return real.run(this.#with(store), callback, ...args);
  }

  exit<R>(callback: (...args: never[]) => R, ...args: never[]): R {
    return real.run(this.#with(undefined), callback, ...args);
  }

  enterWith(store: T): void {
    real.enterWith(this.#with(store));
  }

  disable(): void {
    real.enterWith(this.#with(undefined));
  }

  #with(store: T | undefined): Stores {
    const stores = new Map(real.getStore() ?? none);
    if (store === undefined) stores.delete(this);
    else stores.set(this, store);
    return stores;
  }
}

/** As Node does with timers: what runs later, runs in the context in which it was asked for. */
export function inPresentContext(run: () => void): () => void {
  const stores = real.getStore() ?? none;
  return () => real.run(stores, run);
}
