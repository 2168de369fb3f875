/**
 * A bench measures and returns figures. What it opens is registered with `atTheEnd`, and closed however the bench
 * ends.
 */
import type { Cleanup } from '../harness/program.js';
import type { Seeded } from './seeded.js';

export type Bench = {
  /** For `npm run bench -- NAME`. */
  readonly name: string;
  /** One line: what is measured. */
  readonly measures: string;
  /** Timeout, in milliseconds. */
  readonly within: number;
  /** Under a minute: `npm run bench -- quick` runs these. */
  readonly isQuick?: true;
  readonly run: (context: Context) => Promise<Findings>;
};

/** What a bench gets from its runner. */
export type Context = Cleanup & {
  /** Path of Temporal's development server. */
  readonly temporalProgram: string;
  readonly workflowBundle: { readonly codePath: string };
  readonly chance: Seeded;
  /** Prints a line of progress. */
  readonly say?: (line: string) => void;
};

export type Findings = {
  readonly figures: readonly Figure[];
  /** Remarks for readers of the figures. */
  readonly notes: readonly string[];
};

export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly goal?: Goal;
  /** Known reason why the goal is missed; printed only when it is. */
  readonly reason?: string;
};

export type Unit =
  | (
      | 'ms'
      | 's'
      | '×'
      | ''
      | 'bytes'
      | 'calls'
      | 'events'
      | 'people'
      | 'sources'
      | 'messages'
      | 'tasks'
    )
  | ('turns/s' | 'deliveries/s' | 'requests' | 'answers' | 'simulated s/s');

/** An upper limit, or with `is: 'atLeast'` a lower one. */
export type Goal = {
  readonly is?: 'atMost' | 'atLeast';
  readonly pass: number;
  readonly stretch?: number;
};

export type Outcome = 'stretch' | 'pass' | 'missed' | undefined;

/** `undefined` without a goal. */
export function rateFigure({ value, goal }: Pick<Figure, 'value' | 'goal'>): Outcome {
  if (!goal) return undefined;
  const { is = 'atMost', pass, stretch } = goal;
  const holds = (limit: number) => (is === 'atMost' ? value <= limit : value >= limit);
  if (!holds(pass)) return 'missed';
  return stretch !== undefined && holds(stretch) ? 'stretch' : 'pass';
}
