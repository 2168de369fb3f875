/**
 * A slice of `npm run chaos`: real processes, killed exactly where it hurts. The whole matrix is that
 * command's.
 */
import { beforeAll, expect, inject, it } from 'vitest';
import { perform } from '../bench/perform.js';
import { faults } from './faults.js';
import { openStack } from './stack.js';
import { playCell } from './matrix.js';
import { named } from './points.js';
import { ackFirst, play } from './negative-controls.js';
import { rateCell, type Cell, type Context } from './slice.js';

const size = 6;
/** Milliseconds; nothing that works is waited for so long. */
const timeout = 180_000;
/** What was lost is waited for in vain. */
const timeoutWithLosses = 5_000;
const longest = 900_000;

type Cells = { readonly naive: Cell; readonly ours: readonly Cell[] };
let cells: Cells;

/** One house for all: the naive ingress is killed first, and ours take its place. */
async function playAll(context: Context): Promise<Cells> {
  const stack = await openStack(context, { ...ackFirst.scripts, isFirstOnly: true });
  const naive = await play(stack, ackFirst, { size, seed: 2, waitLimit: timeoutWithLosses });
  const options = { size, waitLimit: timeout };
  const acked = await playCell(stack, named.accepting, faults.kill, options);
  return { naive, ours: [acked, await playCell(stack, named.post, faults.kill, options)] };
}

beforeAll(async () => {
  const context = {
    temporalProgram: inject('temporalProgram'),
    workflowBundle: { codePath: inject('workflowBundle') },
    seed: 1,
  };
  const job = { name: 'slice', within: longest, run: playAll };
  const { findings, trouble } = await perform(job, context);
  if (!findings) throw new Error(trouble);
  cells = findings;
}, longest);

it('nothing is lost, said twice or half open', () => {
  expect(cells.ours.map(rateCell)).toEqual(['held', 'held']);
  expect(cells.ours.every(({ struck }) => struck > 0)).toBe(true);
});

it('negative control: an ingress that acknowledges first loses what it acknowledged', () => {
  expect(rateCell(cells.naive)).toBe('caught');
});
