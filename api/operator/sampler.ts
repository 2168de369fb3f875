/**
 * Keeps the history for the overview's plots: one sample every ten seconds while the ingress runs, newest
 * ones only. A failed sample leaves a gap, and samples never overlap.
 */
import type { Overview, Totals } from './answers.js';
import { sumTotals } from './totals.js';
import type { WorkersReader } from './worker-metrics.js';

export type SamplerClock = {
  now(): number;
  /** @returns a function that stops it */
  every(ms: number, run: () => void): () => void;
};

export type SamplerOptions = {
  /** Absent: no worker is configured. */
  readonly read?: WorkersReader['read'] | undefined;
  /** Number of threads by phase, from Temporal's searches. */
  readonly counts: () => Promise<Overview['threads']>;
  readonly every?: number;
  /** Maximum number of samples. */
  readonly keep?: number;
  readonly clock?: SamplerClock;
};

export type Sampler = {
  /** Oldest first. */
  series(): Overview['series'];
  /** Takes one sample now. */
  look(): Promise<void>;
  close(): void;
};

export function createSampler(options: SamplerOptions): Sampler {
  const { read, counts, every = 10_000, keep = 720, clock = realClock } = options;
  let series: Overview['series'] = [];
  let underWay: Promise<void> | undefined;

  const take = async () => {
    const at = new Date(clock.now()).toISOString();
    const [threads, totals] = await Promise.all([counts(), totalsNow(read)]);
    series = [...series, { at, threads, totals }].slice(-keep);
  };
  const look = () => {
    underWay ??= take()
      .catch(() => undefined)
      .finally(() => (underWay = undefined));
    return underWay;
  };
  const stop = clock.every(every, () => void look());
  return { series: () => series, look, close: stop };
}

async function totalsNow(read: SamplerOptions['read']): Promise<Totals | null> {
  const workers = await read?.();
  return sumTotals((workers ?? []).map(({ totals }) => totals)) ?? null;
}

const realClock: SamplerClock = {
  now: Date.now,
  every(ms, run) {
    const timer = setInterval(run, ms);
    // The timer must not keep the process alive.
    timer.unref();
    return () => clearInterval(timer);
  },
};
