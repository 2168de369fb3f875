/**
 * A slice of `npm run chaos`: real processes, killed exactly where it hurts. The whole matrix is that
 * command's.
 */
import { expect, inject, it } from 'vitest';
import { perform } from '../../bench/perform.js';
import { faults } from '../../chaos/faults.js';
import { openHouse } from '../../chaos/house.js';
import { playCell } from '../../chaos/matrix.js';
import { named } from '../../chaos/points.js';
import { ackFirst, play } from '../../chaos/saboteurs.js';
import { judge, type Cell, type Stage } from '../../chaos/slice.js';

const size = 10;

async function onStage(run: (stage: Stage) => Promise<readonly Cell[]>): Promise<readonly Cell[]> {
  const stage = {
    temporalProgram: inject('temporalProgram'),
    workflowBundle: { codePath: inject('workflowBundle') },
    seed: 1,
  };
  const { findings, trouble } = await perform({ name: 'slice', within: 110_000, run }, stage);
  if (!findings) throw new Error(trouble);
  return findings;
}

const verdicts = (cells: readonly Cell[]) => cells.map((cell) => [cell.what, judge(cell)]);

it('nothing is lost, said twice or half open', async () => {
  const cells = await onStage(async (stage) => {
    const house = await openHouse(stage);
    const options = { size };
    const acked = await playCell(house, named.accepting, faults.kill, options);
    return [acked, await playCell(house, named.post, faults.kill, options)];
  });
  expect(verdicts(cells)).toEqual(cells.map(({ what }) => [what, 'held']));
  expect(cells.every(({ struck }) => struck > 0)).toBe(true);
});

it('saboteur: an ingress that acknowledges first loses what it acknowledged', async () => {
  const cells = await onStage(async (stage) => [await play(stage, ackFirst, size)]);
  expect(verdicts(cells)).toEqual(cells.map(({ what }) => [what, 'caught']));
});
