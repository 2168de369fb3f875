/**
 * `npm run simulate`: plays the kept plans and fresh seeds in simulated worlds, and checks what must hold. Prints
 * every seed that breaks something; `--seed N` shows it again. `--real N` plays N seeds in the model of Temporal
 * and on a real server, and `--before REVISION` in this code and in another revision's, and compares. Exit 1 when something was broken or differed.
 */
import { availableParallelism } from 'node:os';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { thisMachine } from '../bench/machine.js';
import { installQuietRuntime } from '../../local/quiet-runtime.js';
import { findTestServer } from '../../local/setup/test-server.js';
import { findWorkflowBundle } from '../../local/setup/workflow-bundle.js';
import { ask, usage, type Wanted } from './arguments.js';
import { bundleSimulation, type Bundle } from './bundle.js';
import { bundleRevision, compareRevisions } from './revisions.js';
import type { Violation } from './checks/index.js';
import { readKept } from './kept.js';
import type { SeedResult } from './play-plan.js';
import { compareSeeds, firstDifference } from './real/compare.js';
import { nextStart } from './real/play-real.js';
import { runSeeds, shrinkSeed } from './run-seeds.js';
import { Totals } from './totals.js';

const say = (line: string) => console.log(line);
async function main(): Promise<number> {
  const asked = ask();
  if (!asked) {
    say(usage);
    return 1;
  }
  const bundle = await bundleSimulation('true');
  if (asked.real !== undefined) return playSample(bundle, asked.first, asked.real);
  if (asked.before !== undefined) return comparePlays(bundle, asked.before, asked);
  const totals = new Totals();
  if (asked.seed === undefined) await playFresh(bundle, asked, totals);
  else await playOne(bundle, asked.seed, totals);
  for (const line of totals.lines()) say(line);
  for (const { seed, violations } of totals.failed.slice(0, shrunkAtMost)) {
    await makeSmaller(bundle, seed, violations[0]?.check ?? '');
  }
  return totals.failed.length === 0 && totals.brokenKept.length === 0 ? 0 : 1;
}

async function playOne(bundle: Bundle, seed: number, totals: Totals): Promise<void> {
  say(`seed ${seed}`);
  const onResult = (result: SeedResult) => {
    totals.add(result);
    for (const violation of result.violations) {
      report(`seed ${seed}`, violation);
      for (const line of violation.record ?? []) say(`    ${line}`);
    }
  };
  await runSeeds({ first: seed, seeds: 1, bundle, processes: 1, onResult });
}

/** The kept plans, then seeds; what came of it is left behind for the data sheet. */
async function playFresh(bundle: Bundle, { first, share }: Wanted, totals: Totals): Promise<void> {
  await playKept(bundle, totals);
  const processes = availableParallelism();
  say(`seeds from ${first}, ${processes} processes`);
  const onResult = (result: SeedResult) => {
    totals.add(result);
    for (const violation of result.violations) report(`seed ${result.seed}`, violation);
  };
  await runSeeds({ ...share, first, bundle, processes, onResult });
  const run = { at: new Date().toISOString(), machine: thisMachine(), seed: first };
  mkdirSync(dirname(lastRun), { recursive: true });
  writeFileSync(lastRun, JSON.stringify({ ...run, totals: totals.figures() }));
}

const lastRun = '.baton/simulate/last-run.json';

async function playKept(bundle: Bundle, totals: Totals): Promise<void> {
  const kept = readKept();
  say(`${kept.length} kept plans`);
  let played = 0;
  const onResult = ({ violations }: SeedResult) => {
    const name = kept[played]?.name ?? '';
    played += 1;
    if (violations.length > 0) totals.brokenKept.push(name);
    for (const violation of violations) report(name, violation);
  };
  const plans = kept.map(({ plan }) => plan);
  await runSeeds({ first: 0, plans, bundle, processes: 1, onResult });
}

function report(of: string, { check, thread, what }: Violation): void {
  say(`${of}: ${check}${thread === undefined ? '' : ` in ${thread}`}: ${what}`);
}

/** Exit 0 whether or not something differs: a difference may be wanted. */
async function comparePlays(bundle: Bundle, revision: string, asked: Wanted): Promise<number> {
  const { first, share } = asked;
  const { seeds = 1 } = share;
  say(`${seeds} seeds from ${first}: this code, and ${revision}`);
  const before = await bundleRevision(revision);
  if ('trouble' in before) {
    say(before.trouble);
    return 1;
  }
  const differences = await compareRevisions({ now: bundle, before, first, seeds });
  for (const { seed, thread, now, then } of differences) {
    say(`seed ${seed}, ${thread}`);
    say(`    before: ${then}`);
    say(`    now:    ${now}`);
  }
  say(`${differences.length} of ${seeds} seeds come to something else`);
  return 0;
}

async function playSample(bundle: Bundle, first: number, count: number): Promise<number> {
  installQuietRuntime();
  const program = await findTestServer(say);
  const workflowBundle = { codePath: await findWorkflowBundle() };
  const start = nextStart(Date.now());
  let different = 0;
  const sample = { bundle, program, workflowBundle, start, first, count };
  for await (const { plan, modelled, real } of compareSeeds(sample)) {
    const difference = firstDifference(modelled, real);
    say(`seed ${plan.seed}: ${difference ? 'differs' : `equal, ${real.length} lines`}`);
    if (!difference) continue;
    different += 1;
    say(`    model: ${difference.one}`);
    say(`    real:  ${difference.other}`);
  }
  return different === 0 ? 0 : 1;
}

/** A failing seed is made smaller and written down, to be kept in `kept/` once its fault is mended. */
const shrunkAtMost = 3;
const folder = '.baton/simulation/failed';

async function makeSmaller(bundle: Bundle, seed: number, check: string): Promise<void> {
  const { shrunk, result } = await shrinkSeed(bundle, seed, check);
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${seed}.json`;
  writeFileSync(path, `${JSON.stringify(shrunk, null, 2)}\n`);
  const [violation] = result.violations.filter((one) => one.check === check);
  say(
    `seed ${seed}, made smaller: ${shrunk.acts.length} acts, in ${path}: ${violation?.what ?? ''}`,
  );
  for (const line of violation?.record ?? []) say(`    ${line}`);
}

process.exit(await main());
