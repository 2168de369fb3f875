/**
 * The model of Temporal does not lie: a sample of seeds comes to the same on a real Temporal server, whose time is
 * skipped. `npm run simulate -- --real N` plays more.
 */
import { beforeAll, expect, inject, it } from 'vitest';
import { installQuietRuntime } from '../../local/quiet-runtime.js';
import { bundleSimulation } from './bundle.js';
import { compareSeeds, firstDifference, type Compared } from './real/compare.js';
import { nextStart } from './real/play-real.js';
import { playTimeless } from './run-seeds.js';

installQuietRuntime();

const start = nextStart(Date.now());
const compared: Compared[] = [];

beforeAll(async () => {
  const bundle = await bundleSimulation('beside-the-real-one');
  const program = inject('testServerProgram');
  const workflowBundle = { codePath: inject('workflowBundle') };
  const sample = { bundle, program, workflowBundle, start, first: 1, count: 2 };
  for await (const one of compareSeeds(sample)) compared.push(one);
});

it('a real Temporal server comes to the same as the model, seed by seed', () => {
  const differences = compared.flatMap(({ plan: { seed }, modelled, real }) => {
    const difference = firstDifference(modelled, real);
    return difference ? [`seed ${seed}: model ${difference.one}; real ${difference.other}`] : [];
  });
  expect(differences).toEqual([]);
  expect(compared).toHaveLength(2);
  // The outcomes say something.
  const said = compared.flatMap(({ real }) => real).join('\n');
  for (const word of ['decided', 'bot:bot to #0', 'agent:', 'no workflow'])
    expect(said).toContain(word);
});

it.each([
  [
    'loses every fifth signal',
    'server.ts',
    'run.signals += 1;',
    'run.signals += 1; if (run.signals % 5 === 0) return;',
  ],
  ['rings timers late', 'commands.ts', '?? 0) + late, fire', '?? 0) * 3 + late, fire'],
])('negative control: a model that %s comes to something else', async (_, name, text, by) => {
  const patch = { file: `test/simulation/temporal/${name}`, text, by };
  const lying = await bundleSimulation('lying-model', [patch]);
  const plans = compared.map(({ plan }) => plan);
  const outcomes = await playTimeless(lying, plans, start);
  const differences = outcomes.filter((lie, index) =>
    firstDifference(lie, compared[index]?.real ?? []),
  );
  expect(differences.length).toBeGreaterThan(0);
});
