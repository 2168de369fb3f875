/** Something naive in each place, struck where it is naive: the matrix's own cells must catch it. */
import { playStorm } from './deliveries.js';
import { faults } from './faults.js';
import { openHouse, type Scripts } from './house.js';
import { playCell } from './matrix.js';
import { named, type Point } from './points.js';
import { judge, type Cell, type PromiseName, type Slice, type Stage } from './slice.js';

type Saboteur = {
  readonly who: string;
  readonly scripts: Scripts;
  readonly point: Point;
  readonly breaks: PromiseName;
};

export const ackFirst = {
  who: 'an ingress that acknowledges first',
  scripts: { ingress: 'chaos/saboteurs/ack-first.ts' },
  ...{ point: named.accepting, breaks: 'lost' },
} as const satisfies Saboteur;

const all: readonly Saboteur[] = [
  ackFirst,
  {
    who: 'a worker that does not look for an unanswered post',
    scripts: { worker: 'chaos/saboteurs/blind-worker.ts' },
    ...{ point: named.post, breaks: 'twice' },
  },
  {
    who: 'a worker that says too soon that humans have the thread',
    scripts: { worker: 'chaos/saboteurs/hasty-worker.ts' },
    ...{ point: named.recategorising, breaks: 'halfOpen' },
  },
];

/** Enough for the naive to be caught without being held at a point. */
const deliveriesOfStorm = 1_000;
/** What is lost is waited for in vain. */
const patience = 20_000;

export async function play(
  stage: Stage,
  { who, scripts, point, breaks }: Saboteur,
  size?: number,
): Promise<Cell> {
  const house = await openHouse(stage, scripts);
  const options = { patience, ...(size !== undefined && { size }) };
  const cell = await playCell(house, point, faults.kill, options);
  return { ...cell, what: `${who}: ${cell.what}`, saboteur: breaks };
}

export const saboteurs: Slice = {
  name: 'saboteurs',
  shows: 'naive ingresses and workers, which the same cells must catch',
  within: 580_000,
  run: async (stage) => {
    const cells: Cell[] = [];
    for (const one of all) {
      const cell = await play(stage, one);
      stage.say?.(`  ${cell.what}: ${judge(cell)}`);
      cells.push(cell);
    }
    const naive = { script: ackFirst.scripts.ingress, count: deliveriesOfStorm };
    const stormed = await playStorm(stage, naive);
    cells.push({ ...stormed, what: `${ackFirst.who}: ${stormed.what}`, saboteur: 'lost' });
    return { cells, notes: [] };
  },
};
