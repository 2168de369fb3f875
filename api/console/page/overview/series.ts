/**
 * Derives rates from counters that only rise while a worker runs. Samples are combined into steps of equal
 * length; a step's value is the difference of two samples. A counter that fell belongs to a restarted
 * worker: the step's value is unknown, and the step is left out.
 */
import type { Overview, Totals } from '../../../operator/answers.js';

export type Look = Overview['series'][number];

/** Two samples, and the time between them. */
export type Step = {
  /** Unix milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly first: Totals;
  readonly last: Totals;
};

/**
 * Maximum number of steps and minimum length of one, in milliseconds. A last step that is not complete is
 * left out.
 */
export type Grain = { readonly steps: number; readonly shortest: number };
const usual: Grain = { steps: 60, shortest: 15_000 };
/** One step per sample: for totals, which then leave out as little as possible. */
export const finest: Grain = { steps: Infinity, shortest: 0 };

export function computeSteps(looks: readonly Look[], grain = usual): readonly Step[] {
  const known = fromNothing(looks).flatMap(({ at, totals }) =>
    totals === null ? [] : [{ at: Date.parse(at), totals }],
  );
  const [first, last] = [known.at(0), known.at(-1)];
  if (!first || !last) return [];
  const length = Math.max((last.at - first.at) / grain.steps, grain.shortest);
  const steps: Step[] = [];
  let begin = first;
  for (const look of known) {
    if (look === begin || look.at - begin.at < length) continue;
    steps.push({ from: begin.at, to: look.at, first: begin.totals, last: look.totals });
    begin = look;
  }
  return steps;
}

/** If no worker was known at first, the first one counts from zero. */
function fromNothing(looks: readonly Look[]): readonly Look[] {
  const first = looks.findIndex(({ totals }) => totals !== null);
  return looks.map((look, i) => (i === first - 1 ? { ...look, totals: nothing } : look));
}

const nothing: Totals = {
  ...{ turns: 0, replies: 0, ended: 0, contained: 0, crossedReplies: 0, duplicates: 0 },
  ...{ handovers: {}, phaseSeconds: {}, waited: { count: 0, sum: 0 } },
  budget: { used: 0, allowed: 0 },
};

/** Increase of a counter in a step; null when the counter fell. */
export function rise(step: Step, counter: (totals: Totals) => number): number | null {
  const difference = counter(step.last) - counter(step.first);
  return difference < 0 ? null : difference;
}

/** Increase of one counter per increase of another; null where the other did not rise. */
export function ratio(
  step: Step,
  of: (totals: Totals) => number,
  per: (totals: Totals) => number,
): number | null {
  const [share, whole] = [rise(step, of), rise(step, per)];
  return share === null || whole === null || whole === 0 ? null : share / whole;
}

/** Sum over all known steps. */
export function total(steps: readonly Step[], counter: (totals: Totals) => number): number {
  return steps.reduce((sum, step) => sum + (rise(step, counter) ?? 0), 0);
}

/** Counters by name, largest first; those that did not rise are left out. */
export function risesByName(
  steps: readonly Step[],
  counters: (totals: Totals) => Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly count: number }[] {
  const names = new Set(steps.flatMap(({ last }) => Object.keys(counters(last))));
  return [...names]
    .map((name) => ({ name, count: total(steps, (totals) => counters(totals)[name] ?? 0) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** Mean length, in seconds, of the phases that ended in these steps; null where none ended. */
export function meanSeconds(steps: readonly Step[], phase: string): number | null {
  const count = total(steps, ({ phaseSeconds }) => phaseSeconds[phase]?.count ?? 0);
  const sum = total(steps, ({ phaseSeconds }) => phaseSeconds[phase]?.sum ?? 0);
  return count === 0 ? null : sum / count;
}
