/** How much a worker does at once, by its cores. */
import { expect, it } from 'vitest';
import { concurrencyOf } from '../../worker/concurrency.js';

it.each([
  [0.25, 2],
  [0.5, 2],
  [1, 4],
  [2, 8],
  [8, 32],
  [64, 40],
])('on %s cores, %s workflow tasks', (cores, tasks) => {
  expect(concurrencyOf(cores).workflowTasks).toBe(tasks);
});

it('is by the machine’s cores unless they are stated', () => {
  const { workflowTasks } = concurrencyOf();
  expect(workflowTasks).toBeGreaterThanOrEqual(2);
  expect(workflowTasks).toBeLessThanOrEqual(40);
});
