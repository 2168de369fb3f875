/** Naive scripts in the place of each role, struck where they are naive: the cells of the matrix must catch them. */
import { until } from '../harness/until.js';
import type { Turn } from './load-generator.js';
import { playStorm } from './deliveries.js';
import { faults } from './faults.js';
import { openStack, type Naive, type Stack } from './stack.js';
import { playCell, type CellOptions } from './matrix.js';
import { named, type Point } from './points.js';
import { rateCell, type Cell, type PromiseName, type Slice } from './slice.js';

type NegativeControl = {
  readonly who: string;
  readonly scripts: Naive;
  readonly point: Point;
  readonly breaks: PromiseName;
  /** Resolves when it has done the naive thing: a fault before would have nothing to catch. */
  readonly isNaive?: (stack: Stack, turns: readonly Turn[]) => Promise<unknown>;
};

export const ackFirst = {
  who: 'an ingress that acknowledges first',
  scripts: { ingress: 'test/chaos/negative-controls/ack-first.ts' },
  ...{ point: named.accepting, breaks: 'lost' },
  isNaive: untilAcknowledged,
} as const satisfies NegativeControl;

const all: readonly NegativeControl[] = [
  ackFirst,
  {
    who: 'a worker that does not look for an unanswered post',
    scripts: { worker: 'test/chaos/negative-controls/blind-worker.ts' },
    ...{ point: named.post, breaks: 'twice' },
  },
  {
    who: 'a worker that says too soon that humans have the thread',
    scripts: { worker: 'test/chaos/negative-controls/hasty-worker.ts' },
    ...{ point: named.recategorising, breaks: 'halfOpen' },
  },
];

/** Enough to catch the naive ingress without holding it at a point. */
const deliveriesOfStorm = 1_000;
/** Milliseconds; for lost replies it always passes. */
const timeout = 20_000;

/** @param stack one with the naive script in place */
export async function play(
  stack: Stack,
  { who, point, breaks, isNaive }: NegativeControl,
  options: CellOptions = {},
): Promise<Cell> {
  const cell = await playCell(stack, point, faults.kill, {
    ...{ waitLimit: timeout, ...options },
    ...(isNaive && { mayStrike: (turns) => isNaive(stack, turns) }),
  });
  return { ...cell, what: `${who}: ${cell.what}`, negativeControl: breaks };
}

/** Every event of these turns was in a delivery that was answered 200. */
async function untilAcknowledged({ platform }: Stack, turns: readonly Turn[]): Promise<void> {
  await until('the acknowledgement of all events', () => {
    const taken = platform.account.attempts
      .filter(({ status }) => status === 200)
      .flatMap(({ events }) => events);
    const ids = new Set(taken.map(({ id }) => id));
    return Promise.resolve(turns.every(({ event }) => ids.has(event)) ? true : undefined);
  });
}

export const negativeControls: Slice = {
  name: 'negative-controls',
  shows: 'naive ingresses and workers, which the same cells must catch',
  within: 580_000,
  run: async (context) => {
    const cells: Cell[] = [];
    for (const one of all) {
      const cell = await play(await openStack(context, one.scripts), one);
      context.say?.(`  ${cell.what}: ${rateCell(cell)}`);
      cells.push(cell);
    }
    const naive = { script: ackFirst.scripts.ingress, count: deliveriesOfStorm };
    const stormed = await playStorm(context, naive);
    cells.push({ ...stormed, what: `${ackFirst.who}: ${stormed.what}`, negativeControl: 'lost' });
    return { cells, notes: [] };
  },
};
