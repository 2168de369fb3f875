/**
 * What a slice of chaos is: it breaks things on a stage while customers write, and hands back what came of
 * it, a cell a fault. What it opens it tells the stage, which ends it, however the slice ended.
 */
import type { Stage } from '../bench/bench.js';

export type { Stage } from '../bench/bench.js';

export type Slice = {
  /** As it is called: `npm run chaos -- NAME`. */
  readonly name: string;
  /** In a line: what is done to whom. */
  readonly shows: string;
  /** It is given up after this long, in milliseconds. */
  readonly within: number;
  readonly run: (stage: Stage) => Promise<Findings>;
};

export type Findings = {
  readonly cells: readonly Cell[];
  /** What the cells must come to together; less shows less than is promised. */
  readonly atLeast?: { readonly turns?: number; readonly acknowledged?: number };
  /** Cells that could not be played, and why: nothing is shown of them. */
  readonly troubles?: readonly string[];
  /** What a reader of the cells must know, or what was left out. */
  readonly notes: readonly string[];
};

/** One fault at one point, and how everybody fared. */
export type Cell = {
  /** The fault, the point: `SIGKILL: before the call`. */
  readonly what: string;
  /** Calls that were at the point when the fault struck; where faults strike at random, how many did. */
  readonly struck: number;
  /** Contents to be answered, of all threads. */
  readonly turns: number;
  /** Events whose delivery was answered 200. */
  readonly acknowledged: number;
  /** Of these, those that no thread's history has. */
  readonly lost: number;
  /** Contents without their reply when all was over. */
  readonly unanswered: number;
  /** Replies beyond the first of the same words to the same content. */
  readonly twice: number;
  /** Threads whose phase, categories and farewell do not agree. */
  readonly halfOpen: number;
  /** Replies of which a worker did not know whether they were posted, and looked. No fault: what it costs. */
  readonly ambiguous: number;
  /** Milliseconds from the fault to the first reply, and to the last that was waited for. */
  readonly firstReply?: number;
  readonly lastReply?: number;
  /** What exactly went wrong: ids and types, never words. */
  readonly details?: readonly string[];
  /** Something naive was run, which must break this. */
  readonly negativeControl?: PromiseName;
};

/** What must be 0 in each cell. */
export const promises = ['lost', 'unanswered', 'twice', 'halfOpen'] as const;
export type PromiseName = (typeof promises)[number];

export type Outcome = 'held' | 'broken' | 'caught' | 'not caught';

export function judge(cell: Cell): Outcome {
  if (cell.negativeControl) return cell[cell.negativeControl] > 0 ? 'caught' : 'not caught';
  return promises.every((name) => cell[name] === 0) ? 'held' : 'broken';
}

/** All that is missing of what was promised, in a line each; empty when nothing is. */
export function shortfalls({ cells, troubles = [], atLeast = {} }: Findings): readonly string[] {
  const wrong = cells
    .map((cell) => ({ cell, outcome: judge(cell) }))
    .filter(({ outcome }) => outcome === 'broken' || outcome === 'not caught')
    .map(({ cell, outcome }) => `${cell.what}: ${outcome}`);
  const ours = cells.filter(({ negativeControl }) => !negativeControl);
  const short = (['turns', 'acknowledged'] as const).flatMap((name) => {
    const sum = ours.reduce((total, cell) => total + cell[name], 0);
    const wanted = atLeast[name] ?? 0;
    return sum < wanted ? [`${sum} ${name} of ${wanted}`] : [];
  });
  return [...(cells.length === 0 ? ['nothing was done'] : []), ...troubles, ...wrong, ...short];
}
