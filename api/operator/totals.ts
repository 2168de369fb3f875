/**
 * Reads the overview's numbers from the workers' `/metrics`. Pure. A missing counter is 0, because
 * Temporal's runtime exports a counter only after its first increment.
 */
import type { Sample } from '../../runtime/metrics/text.js';
import type { Totals } from './answers.js';

/** Totals of one worker since it started. */
export function computeTotals(samples: readonly Sample[]): Totals {
  const all = (name: string) => samples.filter((one) => one.name === name);
  const total = (name: string) => sumOf(all(name));
  const ended = all('baton_conversations_ended_total');
  return {
    turns: total('baton_turns_total'),
    replies: total('baton_replies_total'),
    ended: sumOf(ended),
    contained: sumOf(ended.filter(({ labels }) => labels['contained'] === 'true')),
    crossedReplies: total('baton_crossed_replies_total'),
    duplicates: total('baton_duplicates_total'),
    handovers: byLabel(all('baton_handovers_total').filter(hasHappened), 'reason'),
    phaseSeconds: secondsByPhase(all('baton_phase_seconds_count'), all('baton_phase_seconds_sum')),
    waited: {
      count: total('baton_waited_seconds_count'),
      sum: total('baton_waited_seconds_sum'),
    },
    budget: {
      used: total('baton_engage_budget_used'),
      allowed: total('baton_engage_budget_allowed'),
    },
  };
}

/** Sum over several workers; undefined when none answers. The platform's limit is one for all of them. */
export function sumTotals(workers: readonly (Totals | undefined)[]): Totals | undefined {
  const known = workers.filter((one) => one !== undefined);
  const [first, ...others] = known;
  return first && others.reduce(plus, first);
}

function plus(a: Totals, b: Totals): Totals {
  return {
    turns: a.turns + b.turns,
    replies: a.replies + b.replies,
    ended: a.ended + b.ended,
    contained: a.contained + b.contained,
    crossedReplies: a.crossedReplies + b.crossedReplies,
    duplicates: a.duplicates + b.duplicates,
    handovers: merged(a.handovers, b.handovers, (x = 0, y = 0) => x + y),
    phaseSeconds: merged(a.phaseSeconds, b.phaseSeconds, plusSeconds),
    waited: plusSeconds(a.waited, b.waited),
    budget: {
      used: a.budget.used + b.budget.used,
      allowed: Math.max(a.budget.allowed, b.budget.allowed),
    },
  };
}

/** Counters of reasons start at 0; those still at 0 are left out. */
function hasHappened({ value }: Sample): boolean {
  return value > 0;
}

type Seconds = { readonly count: number; readonly sum: number };
const none: Seconds = { count: 0, sum: 0 };

function plusSeconds(a = none, b = none): Seconds {
  return { count: a.count + b.count, sum: a.sum + b.sum };
}

function sumOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { value }) => sum + value, 0);
}

function byLabel(samples: readonly Sample[], label: string): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { labels, value } of samples) {
    const key = labels[label] ?? '';
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return Object.fromEntries(sums);
}

function secondsByPhase(counts: readonly Sample[], sums: readonly Sample[]) {
  const [count, sum] = [byLabel(counts, 'phase'), byLabel(sums, 'phase')];
  return merged(mapped(count, asCount), mapped(sum, asSum), plusSeconds);
}

const asCount = (count: number): Seconds => ({ count, sum: 0 });
const asSum = (sum: number): Seconds => ({ count: 0, sum });

function mapped<A, B>(of: Readonly<Record<string, A>>, by: (one: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, by(value)]));
}

function merged<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  by: (x: T | undefined, y: T | undefined) => T,
): Readonly<Record<string, T>> {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, by(a[key], b[key])]));
}
