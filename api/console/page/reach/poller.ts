/**
 * Polls an endpoint: at most one request in flight, none while the page is hidden, and with growing pauses
 * while Baton does not answer. The latest request wins: a refresh aborts the request under way.
 */
import { waitAfter } from './wait-after.js';

export type Poller = { refresh(): void; stop(): void };

/** @param load throws on failure, and must respect its signal */
export function poll(load: (signal: AbortSignal) => Promise<void>, every: number): Poller {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: AbortController | undefined;
  let failures = 0;

  async function ask(): Promise<void> {
    clearTimeout(timer);
    const mine = new AbortController();
    inFlight = mine;
    const isDone = await load(mine.signal).then(
      () => true,
      () => false,
    );
    if (mine.signal.aborted) return;
    inFlight = undefined;
    failures = isDone ? 0 : failures + 1;
    if (!document.hidden) timer = setTimeout(() => void ask(), waitAfter(every, failures));
  }
  function look(): void {
    if (document.hidden) clearTimeout(timer);
    else if (!inFlight) void ask();
  }
  function withdraw(): void {
    clearTimeout(timer);
    inFlight?.abort();
    inFlight = undefined;
  }
  document.addEventListener('visibilitychange', look);
  look();
  return {
    refresh() {
      withdraw();
      void ask();
    },
    stop() {
      document.removeEventListener('visibilitychange', look);
      withdraw();
    },
  };
}
