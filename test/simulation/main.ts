/**
 * `npm run simulate [-- --seed N | --conversations N | --for 8h | --real N]`: plays conversations in simulated worlds, each
 * from a seed, and checks what must hold. Prints every seed that breaks something; the same seed shows it again.
 * `--real N` plays N seeds in the model of Temporal and on a real server, and compares. Exit 1 when something was
 * broken or differed.
 */
import { availableParallelism } from 'node:os';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import ms, { type StringValue } from 'ms';
import { mkdirSync, writeFileSync } from 'node:fs';
import { installQuietRuntime } from '../../local/quiet-runtime.js';
import { findTestServer } from '../../local/setup/test-server.js';
import { findWorkflowBundle } from '../../local/setup/workflow-bundle.js';
import { bundleSimulation, type Bundle } from './bundle.js';
import type { SeedResult } from './play-plan.js';
import { compareSeeds, firstDifference } from './real/compare.js';
import { nextStart } from './real/play-real.js';
import { runSeeds, shrinkSeed } from './run-seeds.js';
import { Totals } from './totals.js';

const say = (line: string) => console.log(line);
const usage =
  'npm run simulate [-- --seed N | --conversations N | --for 8h | --real N] [--first N]';

async function main(): Promise<number> {
  const asked = ask();
  if (!asked) {
    say(usage);
    return 1;
  }
  const totals = new Totals();
  const bundle = await bundleSimulation('true');
  if (asked.real !== undefined) return playSample(bundle, asked.first, asked.real);
  const processes = asked.seed === undefined ? availableParallelism() : 1;
  say(
    asked.seed === undefined
      ? `seeds from ${asked.first}, ${processes} processes`
      : `seed ${asked.seed}`,
  );
  const onResult = (result: SeedResult) => {
    totals.add(result);
    for (const { check, thread, what, record } of result.violations) {
      say(`seed ${result.seed}: ${check}${thread === undefined ? '' : ` in ${thread}`}: ${what}`);
      if (asked.seed !== undefined) for (const line of record ?? []) say(`    ${line}`);
    }
  };
  await runSeeds({ ...asked.share, first: asked.seed ?? asked.first, bundle, processes, onResult });
  for (const line of totals.lines()) say(line);
  for (const { seed, violations } of totals.failed.slice(0, shrunkAtMost)) {
    await makeSmaller(bundle, seed, violations[0]?.check ?? '');
  }
  return totals.failed.length === 0 ? 0 : 1;
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

type Wanted = {
  readonly seed?: number;
  readonly first: number;
  /** So many seeds on a real Temporal server. */
  readonly real?: number;
  readonly share: { readonly seeds?: number; readonly forMs?: number };
};

type Given = { readonly [name in 'seed' | 'first' | 'conversations' | 'for' | 'real']?: string };

/** About as many as a seed plays. */
const conversationsOfASeed = 15;

/** `undefined` when the arguments are wrong. */
function ask(): Wanted | undefined {
  const text = { type: 'string' } as const;
  const options = { seed: text, first: text, conversations: text, for: text, real: text } as const;
  const given = read(options);
  if (!given) return undefined;
  const whole = (number: string) => (/^\d{1,9}$/.test(number) ? Number(number) : Number.NaN);
  const first = given.first === undefined ? freshSeed() : whole(given.first);
  const seed = given.seed === undefined ? undefined : whole(given.seed);
  const conversations = given.conversations === undefined ? undefined : whole(given.conversations);
  const forMs = given.for === undefined ? undefined : ms(given.for as StringValue);
  const real = given.real === undefined ? undefined : whole(given.real);
  const numbers = [first, seed, conversations, forMs, real].filter((one) => one !== undefined);
  if (numbers.some((one) => !Number.isFinite(one))) return undefined;
  if (real !== undefined) return { real, first, share: {} };
  if (seed !== undefined) return { seed, first, share: { seeds: 1 } };
  if (conversations !== undefined) {
    return { first, share: { seeds: Math.ceil(conversations / conversationsOfASeed) } };
  }
  return { first, share: { forMs: forMs ?? 60_000 } };
}

function read(options: NonNullable<ParseArgsConfig['options']>): Given | undefined {
  try {
    return parseArgs({ options }).values;
  } catch {
    return undefined;
  }
}

/** Another run, other seeds. */
function freshSeed(): number {
  return Math.floor(Date.now() / 1_000) % 1_000_000_000;
}

process.exit(await main());
