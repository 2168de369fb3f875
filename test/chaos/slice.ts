/**
 * A slice of chaos injects one kind of fault while customers write, and returns a cell for each fault. What it
 * opens is registered with `atTheEnd`, and closed however the slice ends.
 */
import type { Context } from '../bench/bench.js';

export type { Context } from '../bench/bench.js';

export type Slice = {
  /** For `npm run chaos -- NAME`. */
  readonly name: string;
  /** One line: which fault strikes which process. */
  readonly shows: string;
  /** Timeout, in milliseconds. */
  readonly within: number;
  readonly run: (context: Context) => Promise<Findings>;
};

export type Findings = {
  readonly cells: readonly Cell[];
  /** Least sum over all cells, without negative controls. */
  readonly atLeast?: { readonly turns?: number; readonly acknowledged?: number };
  /** Cells that could not be run, and why. */
  readonly troubles?: readonly string[];
  /** Remarks for readers of the table. */
  readonly notes: readonly string[];
};

/** One fault at one point, and its outcome. */
export type Cell = {
  /** Fault and point: `SIGKILL: before the call`. */
  readonly what: string;
  /** Calls that were held at the point when the fault struck; without a point, the number of faults. */
  readonly struck: number;
  /** Contents that must be answered. */
  readonly turns: number;
  /** Events whose delivery was answered 200. */
  readonly acknowledged: number;
  /** Acknowledged events that are in no history of their thread. */
  readonly lost: number;
  /** Contents that lack a reply at the end. */
  readonly unanswered: number;
  /** Replies beyond the first with the same body to the same content. */
  readonly twice: number;
  /** Threads whose phase, categories and farewell do not agree. */
  readonly halfOpen: number;
  /** Replies after which a worker had to look whether they had been posted: a cost, not an error. */
  readonly ambiguous: number;
  /** Milliseconds from the fault to the first and to the last reply. */
  readonly firstReply?: number;
  readonly lastReply?: number;
  /** Ids and types of what went wrong, never texts. */
  readonly details?: readonly string[];
  /** A naive script ran, which must break this promise. */
  readonly negativeControl?: PromiseName;
};

/** Counts that must be 0 in each cell. */
export const promises = ['lost', 'unanswered', 'twice', 'halfOpen'] as const;
export type PromiseName = (typeof promises)[number];

export type Outcome = 'held' | 'broken' | 'caught' | 'not caught';

export function rateCell(cell: Cell): Outcome {
  if (cell.negativeControl) return cell[cell.negativeControl] > 0 ? 'caught' : 'not caught';
  return promises.every((name) => cell[name] === 0) ? 'held' : 'broken';
}

/** One line for each promise that was not kept. */
export function shortfalls({ cells, troubles = [], atLeast = {} }: Findings): readonly string[] {
  const wrong = cells
    .map((cell) => ({ cell, outcome: rateCell(cell) }))
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
