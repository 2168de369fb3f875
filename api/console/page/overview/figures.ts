/** The figures of the overview, with the numbers for both plot and table. Pure. */
import type { Overview, Totals } from '../../../operator/answers.js';
import { formatDuration } from '../parts/duration.js';
import { counted, phaseWords, reasonWords } from '../parts/words.js';
import {
  finest,
  meanSeconds,
  ratio,
  rise,
  risesByName,
  computeSteps,
  total,
  type Step,
} from './series.js';

export type Unit = 'count' | 'percent' | 'seconds';
export type Tone = 'accent' | 'handover' | 'muted' | 'danger';

type About = {
  readonly title: string;
  /** The figure's most important number. */
  readonly headline: string;
  readonly note: string;
  readonly unit: Unit;
};
export type Line = {
  readonly name: string;
  readonly tone: Tone;
  readonly values: readonly (number | null)[];
  /** A count of events in each step, as opposed to a level at a time. */
  readonly areBars?: true;
};
export type TimeFigure = About & {
  readonly kind: 'time';
  /** Unix milliseconds. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
};
export type BarFigure = About & {
  readonly kind: 'bars';
  readonly bars: readonly { readonly name: string; readonly value: number }[];
};
export type Figure = TimeFigure | BarFigure;

export function computeFigures({ now, series, threads }: Overview): readonly Figure[] {
  const pairs = computeSteps(series, finest);
  const seen: Seen = { pairs, steps: computeSteps(series) };
  return [
    containment(seen),
    waiting(series, threads.handover, now),
    handovers(pairs),
    timeInPhase(pairs),
    happenings(seen, {
      title: 'Crossed replies',
      tone: 'danger',
      counter: ({ crossedReplies }) => crossedReplies,
      note: 'replies of the bot that crossed a takeover',
    }),
    happenings(seen, {
      title: 'Duplicates suppressed',
      tone: 'accent',
      counter: ({ duplicates }) => duplicates,
      note: 'repeated events, ignored',
    }),
    budget(series, now),
  ];
}

/** Steps between single samples, for totals, and steps of combined samples, for plots. */
type Seen = { readonly pairs: readonly Step[]; readonly steps: readonly Step[] };

/** `–`: unknown, as opposed to 0. */
const unknown = '–';

function containment({ pairs, steps }: Seen): TimeFigure {
  const contained = ({ contained: count }: Totals) => count;
  const ended = ({ ended: count }: Totals) => count;
  const whole = total(pairs, ended);
  const percent = (share: number | null) => (share === null ? null : share * 100);
  const values = steps.map((step) => percent(ratio(step, contained, ended)));
  return {
    ...{ kind: 'time', title: 'Containment', unit: 'percent' },
    headline: whole === 0 ? unknown : `${Math.round((total(pairs, contained) / whole) * 100)} %`,
    note: `of ${counted(whole, 'conversation')} that ended, without a human`,
    ...inTime(steps),
    lines: [{ name: 'Contained', tone: 'accent', values }],
  };
}

function waiting(series: Overview['series'], waitingNow: number, now: Totals | null): TimeFigure {
  const { count, sum } = now?.waited ?? { count: 0, sum: 0 };
  return {
    ...{ kind: 'time', title: 'Waiting for an agent', unit: 'count' },
    headline: String(waitingNow),
    note:
      count === 0
        ? 'now'
        : `now; time until an agent engaged: ${formatDuration((sum / count) * 1_000)} on average`,
    times: series.map(({ at }) => Date.parse(at)),
    lines: [
      {
        ...{ name: 'In handover', tone: 'handover' },
        values: series.map(({ threads }) => threads.handover),
      },
    ],
  };
}

function handovers(steps: readonly Step[]): BarFigure {
  const found = risesByName(steps, (totals) => totals.handovers);
  const whole = found.reduce((sum, { count }) => sum + count, 0);
  return {
    ...{ kind: 'bars', title: 'Reasons of handovers', unit: 'count' },
    headline: String(whole),
    note: counted(whole, 'handover').replace(/^\d+ /, ''),
    bars: found.map(({ name, count }) => ({ name: reasonWords(name), value: count })),
  };
}

function timeInPhase(steps: readonly Step[]): BarFigure {
  const means = (['bot', 'handover', 'agent'] as const).flatMap((phase) => {
    const mean = meanSeconds(steps, phase);
    return mean === null ? [] : [{ name: phaseWords[phase], value: mean }];
  });
  const longest = means.toSorted((a, b) => b.value - a.value)[0];
  return {
    ...{ kind: 'bars', title: 'Time in phase, on average', unit: 'seconds' },
    headline: longest ? formatDuration(longest.value * 1_000) : unknown,
    note: longest ? `in ${longest.name}, the longest` : 'no phase has ended',
    bars: means,
  };
}

type Happening = {
  readonly title: string;
  readonly note: string;
  readonly tone: Tone;
  readonly counter: (totals: Totals) => number;
};

function happenings({ pairs, steps }: Seen, { title, note, tone, counter }: Happening): TimeFigure {
  return {
    ...{ kind: 'time', title, note, unit: 'count' },
    headline: pairs.length === 0 ? unknown : String(total(pairs, counter)),
    ...inTime(steps),
    lines: [{ name: title, tone, areBars: true, values: steps.map((step) => rise(step, counter)) }],
  };
}

function budget(series: Overview['series'], now: Totals | null): TimeFigure {
  const of = (which: 'used' | 'allowed') =>
    series.map(({ totals }) => (totals === null ? null : totals.budget[which]));
  return {
    ...{ kind: 'time', title: 'Requests to the platform', unit: 'count' },
    headline: now ? `${now.budget.used} of ${now.budget.allowed}` : unknown,
    note: 'used of allowed, in the last minute',
    times: series.map(({ at }) => Date.parse(at)),
    lines: [
      { name: 'Used', tone: 'accent', values: of('used') },
      { name: 'Allowed', tone: 'muted', values: of('allowed') },
    ],
  };
}

function inTime(steps: readonly Step[]): Pick<TimeFigure, 'times'> {
  return { times: steps.map(({ to }) => to) };
}
