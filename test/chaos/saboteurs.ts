/** Something naive in each place, struck where it is naive: the matrix's own cells must catch it. */
import { until } from '../bench/patience.js';
import type { Turn } from './crowd.js';
import { playStorm } from './deliveries.js';
import { faults } from './faults.js';
import { openHouse, type House, type Scripts } from './house.js';
import { playCell, type CellOptions } from './matrix.js';
import { named, type Point } from './points.js';
import { judge, type Cell, type PromiseName, type Slice } from './slice.js';

type Saboteur = {
  readonly who: string;
  readonly scripts: Scripts;
  readonly point: Point;
  readonly breaks: PromiseName;
  /** Resolves when it has done what is naive: sooner there is nothing to catch. */
  readonly isNaive?: (house: House, turns: readonly Turn[]) => Promise<unknown>;
};

export const ackFirst = {
  who: 'an ingress that acknowledges first',
  scripts: { ingress: 'test/chaos/saboteurs/ack-first.ts' },
  ...{ point: named.accepting, breaks: 'lost' },
  isNaive: untilAcknowledged,
} as const satisfies Saboteur;

const all: readonly Saboteur[] = [
  ackFirst,
  {
    who: 'a worker that does not look for an unanswered post',
    scripts: { worker: 'test/chaos/saboteurs/blind-worker.ts' },
    ...{ point: named.post, breaks: 'twice' },
  },
  {
    who: 'a worker that says too soon that humans have the thread',
    scripts: { worker: 'test/chaos/saboteurs/hasty-worker.ts' },
    ...{ point: named.recategorising, breaks: 'halfOpen' },
  },
];

/** Enough for the naive to be caught without being held at a point. */
const deliveriesOfStorm = 1_000;
/** What is lost is waited for in vain. */
const patience = 20_000;

/** @param house where it is in its place */
export async function play(
  house: House,
  { who, point, breaks, isNaive }: Saboteur,
  options: CellOptions = {},
): Promise<Cell> {
  const cell = await playCell(house, point, faults.kill, {
    ...{ patience, ...options },
    ...(isNaive && { mayStrike: (turns) => isNaive(house, turns) }),
  });
  return { ...cell, what: `${who}: ${cell.what}`, saboteur: breaks };
}

/** The platform was told that all of it is taken in. */
async function untilAcknowledged({ doors }: House, turns: readonly Turn[]): Promise<void> {
  await until('everybody’s acknowledgement', async () => {
    const { deliveries } = await doors.record();
    const taken = deliveries.filter(({ status }) => status === 200).flatMap(({ events }) => events);
    const ids = new Set(taken.map(({ id }) => id));
    return turns.every(({ event }) => ids.has(event)) ? true : undefined;
  });
}

export const saboteurs: Slice = {
  name: 'saboteurs',
  shows: 'naive ingresses and workers, which the same cells must catch',
  within: 580_000,
  run: async (stage) => {
    const cells: Cell[] = [];
    for (const one of all) {
      const cell = await play(await openHouse(stage, one.scripts), one);
      stage.say?.(`  ${cell.what}: ${judge(cell)}`);
      cells.push(cell);
    }
    const naive = { script: ackFirst.scripts.ingress, count: deliveriesOfStorm };
    const stormed = await playStorm(stage, naive);
    cells.push({ ...stormed, what: `${ackFirst.who}: ${stormed.what}`, saboteur: 'lost' });
    return { cells, notes: [] };
  },
};
