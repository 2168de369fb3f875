/**
 * What a bench is: it measures on a stage, and hands back figures. What it opens it tells the stage, which
 * ends it, however the bench ended.
 */
import type { Seeded } from './seeded.js';

export type Bench = {
  /** As it is called: `npm run bench -- NAME`. */
  readonly name: string;
  /** In a line: what is measured. */
  readonly measures: string;
  /** It is given up after this long, in milliseconds. */
  readonly within: number;
  /** Under a minute: `npm run bench -- quick` runs these. */
  readonly isQuick?: true;
  readonly run: (stage: Stage) => Promise<Findings>;
};

export type Stage = {
  /** Path of Temporal's development server. */
  readonly temporalProgram: string;
  readonly workflowBundle: { readonly codePath: string };
  readonly chance: Seeded;
  /** A line on how far it is, for who waits. */
  readonly say?: (line: string) => void;
  /** Called when the bench is over, newest first. */
  readonly atTheEnd: (close: () => Promise<unknown>) => void;
};

export type Findings = {
  readonly figures: readonly Figure[];
  /** What a reader of the figures must know, or what was left out. */
  readonly notes: readonly string[];
};

export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly goal?: Goal;
  /** Why the goal is missed, where that is known: printed where it is, and only then. */
  readonly reason?: string;
};

export type Unit =
  | ('ms' | 's' | '×' | '' | 'bytes' | 'calls' | 'events' | 'people' | 'sources' | 'messages')
  | ('turns/s' | 'deliveries/s' | 'requests' | 'answers' | 'simulated s/s');

/** A limit, or with `is: 'atLeast'` a floor. */
export type Goal = {
  readonly is?: 'atMost' | 'atLeast';
  readonly pass: number;
  readonly stretch?: number;
};

export type Outcome = 'stretch' | 'pass' | 'missed' | undefined;

/** `undefined`: nothing is promised. */
export function judge({ value, goal }: Pick<Figure, 'value' | 'goal'>): Outcome {
  if (!goal) return undefined;
  const { is = 'atMost', pass, stretch } = goal;
  const holds = (limit: number) => (is === 'atMost' ? value <= limit : value >= limit);
  if (!holds(pass)) return 'missed';
  return stretch !== undefined && holds(stretch) ? 'stretch' : 'pass';
}
