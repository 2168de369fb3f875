/**
 * A past for the overview's plots: one look every ten seconds for as long as the ingress lives, whether
 * anybody watches or not, and only the newest kept. A look that fails leaves a gap, and never two are
 * under way at once.
 */
import type { Overview, Totals } from './answers.js';
import { sumTotals } from './totals.js';
import type { WorkersReader } from './worker-metrics.js';

export type SamplerClock = {
  now(): number;
  /** @returns how to stop it */
  every(ms: number, run: () => void): () => void;
};

export type SamplerOptions = {
  /** Absent: no worker is known. */
  readonly read?: WorkersReader['read'] | undefined;
  /** How many threads are in which phase, by Temporal's searches. */
  readonly counts: () => Promise<Overview['threads']>;
  readonly every?: number;
  /** So many looks at most. */
  readonly keep?: number;
  readonly clock?: SamplerClock;
};

export type Sampler = {
  /** Oldest first. */
  series(): Overview['series'];
  /** One look now. */
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
    // Nobody's end waits for a plot.
    timer.unref();
    return () => clearInterval(timer);
  },
};
