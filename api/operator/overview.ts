/**
 * `GET /operator/overview`: threads by phase, the workers' counters, and their history. All viewers share
 * a cache, so that it costs Temporal four counts in ten seconds for each distinct set of sources.
 */
import type { OperatedThreads } from '../../temporal/operated-threads.js';
import type { Overview } from './answers.js';
import { notTheirs, type OperatorContext } from './authorise.js';
import type { Sampler } from './sampler.js';
import { sumTotals } from './totals.js';
import type { WorkersReader } from './worker-metrics.js';

/** @param sources restricts the counts; absent: all sources */
export type Counts = (sources?: readonly string[]) => Promise<Overview['threads']>;

/** Cache lifetime of a count, in milliseconds. */
const countsLast = 10_000;

export function createCounts({ count }: Pick<OperatedThreads, 'count'>, now = Date.now): Counts {
  type Counted = { readonly at: number; readonly threads: Promise<Overview['threads']> };
  const known = new Map<string, Counted>();
  return async (sources) => {
    const key = JSON.stringify(sources?.toSorted() ?? 'all');
    const before = known.get(key);
    if (before && now() - before.at < countsLast) return before.threads;
    const threads = countAll(count, sources);
    known.set(key, { at: now(), threads });
    // Failures are not cached.
    threads.catch(() => known.delete(key));
    return threads;
  };
}

async function countAll(
  count: OperatedThreads['count'],
  sources: readonly string[] | undefined,
): Promise<Overview['threads']> {
  const [bot, handover, agent, attention] = await Promise.all([
    count({ phase: 'bot', sources }),
    count({ phase: 'handover', sources }),
    count({ phase: 'agent', sources }),
    count({ attention: true, sources }),
  ]);
  return { bot, handover, agent, attention };
}

/** `GET /operator/counts`: for the caller's own sources. */
export function createShowCounts({ counts }: { readonly counts: Counts }) {
  return async function showCounts(c: OperatorContext): Promise<Response> {
    const { sources } = c.get('principal');
    return c.json({ threads: await counts(sources === 'all' ? undefined : sources) });
  };
}

export type OverviewServices = {
  readonly counts: Counts;
  readonly workers: WorkersReader;
  readonly sampler: Sampler;
  readonly now?: (() => number) | undefined;
};

/** Numbers of the whole stack: only for operators of all sources. */
export function createShowOverview({ counts, workers, sampler, now = Date.now }: OverviewServices) {
  return async function showOverview(c: OperatorContext): Promise<Response> {
    if (c.get('principal').sources !== 'all') return notTheirs(c, 'the whole system');
    const [threads, readings] = await Promise.all([counts(), workers.read()]);
    const overview: Overview = {
      at: new Date(now()).toISOString(),
      threads,
      now: sumTotals(readings.map(({ totals }) => totals)) ?? null,
      series: sampler.series(),
    };
    return c.json(overview);
  };
}
