/**
 * Virtual time: entries in order of their time, and of their arrival when the times are equal. Between two
 * entries all promises settle, so that no order of promises depends on the machine.
 */
export type Entry = { readonly at: number; cancel(): void };
type Kept = { at: number; order: number; run: (() => void) | undefined };

/** The machine's own, which settles promises: `install.ts` replaces the global one. */
const macrotask = globalThis.setImmediate;

/** Of a world; a busy one has a tenth of it. */
const mostEntries = 4_000_000;

/** Something happens again and again, without end. */
export class Restless extends Error {
  override readonly name = 'Restless';
}

export class VirtualTime {
  #now: number;
  #order = 0;
  /** A binary heap: the first is due next. */
  readonly #heap: Kept[] = [];
  /** Work that must end before time goes on, one piece after another. */
  #alone: Promise<unknown> = Promise.resolve();
  #held = 0;
  /** Number of entries that have run. */
  entries = 0;

  constructor(now: number) {
    this.#now = now;
  }

  /** Unix milliseconds. */
  get now(): number {
    return this.#now;
  }

  at(time: number, run: () => void): Entry {
    this.#order += 1;
    const kept: Kept = { at: Math.max(Math.ceil(time), this.#now), order: this.#order, run };
    this.#push(kept);
    return {
      at: kept.at,
      cancel: () => {
        kept.run = undefined;
      },
    };
  }

  after(milliseconds: number, run: () => void): Entry {
    return this.at(this.#now + Math.max(milliseconds, 0), run);
  }

  /** Resolves after this time. */
  pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.after(milliseconds, resolve));
  }

  /** Runs this alone, before time goes on. */
  alone<T>(run: () => Promise<T>): Promise<T> {
    this.#held += 1;
    const done = this.#alone.then(run).finally(() => {
      this.#held -= 1;
    });
    this.#alone = done.catch(() => undefined);
    return done;
  }

  async #settled(): Promise<void> {
    do await settle();
    while (this.#held > 0);
  }

  /** Runs all entries until this time, and those that they add. */
  async runUntil(time: number): Promise<void> {
    await this.#settled();
    for (let next = this.#heap[0]; next && next.at <= time; next = this.#heap[0]) {
      this.#pop();
      if (!next.run) continue;
      this.#now = Math.max(this.#now, next.at);
      this.entries += 1;
      if (this.entries > mostEntries) throw new Restless('the world does not come to rest');
      next.run();
      await this.#settled();
    }
    this.#now = Math.max(this.#now, time);
  }

  #push(kept: Kept): void {
    const heap = this.#heap;
    let at = heap.push(kept) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!isBefore(kept, heap[up]!)) break;
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = kept;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && isBefore(heap[down + 1]!, heap[down]!)) down += 1;
      if (!isBefore(heap[down]!, last)) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = last;
  }
}

function isBefore(one: Kept, other: Kept): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Resolves once all promises that can settle have settled. */
export function settle(): Promise<void> {
  return new Promise((resolve) => void macrotask(resolve));
}
