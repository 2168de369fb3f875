/**
 * `GET /operator/overview`: threads by phase, the workers' counters, and their past. However many look, it
 * costs Temporal four counts in ten seconds.
 */
import type { OperatedThreads } from '../../temporal/operated-threads.js';
import type { Overview } from './answers.js';
import { notTheirs, type OperatorContext } from './authorise.js';
import type { Sampler } from './sampler.js';
import { sumTotals } from './totals.js';
import type { WorkersReader } from './worker-metrics.js';

export type Counts = () => Promise<Overview['threads']>;

/** For so long what was counted is counted on, milliseconds. */
const countsLast = 10_000;

export function createCounts({ count }: Pick<OperatedThreads, 'count'>, now = Date.now): Counts {
  let counted: { readonly at: number; readonly threads: Promise<Overview['threads']> } | undefined;
  return async () => {
    if (!counted || now() - counted.at >= countsLast) {
      const threads = countAll(count);
      const mine = { at: now(), threads };
      counted = mine;
      // What failed is not kept.
      threads.catch(() => (counted = counted === mine ? undefined : counted));
    }
    return counted.threads;
  };
}

async function countAll(count: OperatedThreads['count']): Promise<Overview['threads']> {
  const [bot, handover, agent, attention] = await Promise.all([
    count({ phase: 'bot' }),
    count({ phase: 'handover' }),
    count({ phase: 'agent' }),
    count({ attention: true }),
  ]);
  return { bot, handover, agent, attention };
}

export type OverviewDoor = {
  readonly counts: Counts;
  readonly workers: WorkersReader;
  readonly sampler: Sampler;
  readonly now?: (() => number) | undefined;
};

/** The whole house: for those who are for all of it. */
export function createShowOverview({ counts, workers, sampler, now = Date.now }: OverviewDoor) {
  return async function showOverview(c: OperatorContext): Promise<Response> {
    if (c.get('principal').sources !== 'all') return notTheirs(c, 'the whole house');
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
