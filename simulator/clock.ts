/**
 * Simulated time: real time plus an offset that only grows. Due actions run by themselves; `advance` moves
 * the offset from one due time to the next and waits for the actions there, so that a day's chores, and
 * three hours of retries, run in order. A standing clock moves by `advance` only, so that a test decides
 * when a delay is over.
 */
export type Clock = {
  /** Simulated Unix milliseconds. */
  now(): number;
  /** `next` returns the next due time, `run` runs what is due now. */
  drive(next: () => number | undefined, run: () => Promise<void>): void;
  /** Reschedules, because something new may be due sooner. */
  wake(): void;
  advance(by: number): Promise<void>;
  stop(): void;
};

export function createClock(offset: { clock_offset: number }, isStanding = false): Clock {
  const began = Date.now();
  let timer: NodeJS.Timeout | undefined;
  let next: () => number | undefined = () => undefined;
  let run: () => Promise<void> = () => Promise.resolve();
  const now = () => (isStanding ? began : Date.now()) + offset.clock_offset;
  const wake = () => {
    clearTimeout(timer);
    const due = next();
    if (due === undefined || (isStanding && due > now())) return;
    // Node fires a timer of more than 2^31 milliseconds at once.
    const wait = Math.min(Math.max(due - now(), 0), 2 ** 31 - 1);
    timer = setTimeout(() => {
      void run();
      wake();
    }, wait);
  };
  return {
    now,
    drive(nextDue, runDue) {
      next = nextDue;
      run = runDue;
      wake();
    },
    wake,
    async advance(by) {
      const until = now() + by;
      for (let due = next(); due !== undefined && due <= until; due = next()) {
        offset.clock_offset += Math.max(due - now(), 0);
        await run();
      }
      offset.clock_offset += Math.max(until - now(), 0);
      await run();
      wake();
    },
    stop: () => clearTimeout(timer),
  };
}
