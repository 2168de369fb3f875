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
  readonly unit: 'ms' | '×' | 'bytes' | 'calls' | 'events' | 'people' | 'sources';
  readonly goal?: Goal;
};

/** At most: every goal so far is a limit. */
export type Goal = { readonly pass: number; readonly stretch?: number };

export type Verdict = 'stretch' | 'pass' | 'missed' | undefined;

/** `undefined`: nothing is promised. */
export function judge({ value, goal }: Pick<Figure, 'value' | 'goal'>): Verdict {
  if (!goal) return undefined;
  if (!(value <= goal.pass)) return 'missed';
  return goal.stretch !== undefined && value <= goal.stretch ? 'stretch' : 'pass';
}
