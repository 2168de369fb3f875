/**
 * Simulated time: real time plus an offset that only grows. What is due runs by itself; `advance`
 * moves the offset from due moment to due moment and waits for what happens there, so that a day's
 * chores, and three hours of retries, happen in their order. A clock that stands has only what it is
 * advanced by: what takes a while is over when whoever advances it says so.
 */
export type Clock = {
  /** Simulated Unix milliseconds. */
  now(): number;
  /** `next` tells when something is due again, `run` does what is due now. */
  drive(next: () => number | undefined, run: () => Promise<void>): void;
  /** Something new may be due sooner. */
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
    // Node fires at once what lies further ahead than 2^31 milliseconds.
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
