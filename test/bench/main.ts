/**
 * `npm run bench [-- NAME … | quick] [--seed=N]`: measures, prints one table, and keeps it as
 * `.baton/bench/last-run.json`. Exit 1 when a goal is missed or a bench gave no figures.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { findTemporalProgram } from '../../local/setup/temporal-server.js';
import { build } from '../../worker/bundle.js';
import { rateFigure, type Bench } from './bench.js';
import { benches } from './benches.js';
import { thisMachine } from './machine.js';
import { perform } from './perform.js';
import { installQuietRuntime } from '../../local/quiet-runtime.js';
import { formatBench, formatMachine, type Ended } from './table.js';

const folder = '.baton/bench';
const resultsPath = `${folder}/last-run.json`;
const say = (line: string) => console.log(line);

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const wanted = benches.filter((one) => names.length === 0 || isAmong(names, one));
  const seed = seedIn(args);
  const isKnown = (name: string) => benches.some((one) => isAmong([name], one));
  if (seed === undefined || !names.every(isKnown)) {
    say('npm run bench [-- NAME … | quick] [--seed=N]; these are there:');
    for (const { name, measures } of benches) say(`  ${name.padEnd(12)}  ${measures}`);
    return args.includes('--help') || args.includes('-h') ? 0 : 1;
  }
  const machine = thisMachine();
  say(formatMachine(machine, seed));
  const at = new Date().toISOString();
  const keep = (benches: readonly Ended[]) =>
    writeFileSync(resultsPath, `${JSON.stringify({ at, machine, seed, benches }, null, 2)}\n`);
  mkdirSync(folder, { recursive: true });
  const ended = await performAll(wanted, seed, keep);
  say(`\nalso in ${resultsPath}`);
  return isGood(ended) ? 0 : 1;
}

function isAmong(names: readonly string[], { name, isQuick }: Bench): boolean {
  return names.includes(name) || (isQuick === true && names.includes('quick'));
}

/** `undefined`: what was asked is not understood. */
function seedIn(args: readonly string[]): number | undefined {
  const options = args.filter((arg) => arg.startsWith('-'));
  const [given = '--seed=1', ...others] = options;
  const seed = /^--seed=(\d{1,9})$/.exec(given)?.[1];
  return others.length > 0 || seed === undefined ? undefined : Number(seed);
}

/** @param keep told after each: a run that is broken off has its figures until there */
async function performAll(
  wanted: readonly Bench[],
  seed: number,
  keep: (ended: readonly Ended[]) => void,
): Promise<readonly Ended[]> {
  installQuietRuntime();
  const temporalProgram = await findTemporalProgram(() => undefined);
  const workflowBundle = { codePath: await build(`${folder}/workflow-bundle.js`) };
  const all: Ended[] = [];
  for (const bench of wanted) {
    const played = await perform(bench, { temporalProgram, workflowBundle, seed });
    const ended = { ...played, measures: bench.measures };
    say('');
    for (const line of formatBench(ended)) say(line);
    all.push(ended);
    keep(all);
  }
  return all;
}

function isGood(ended: readonly Ended[]): boolean {
  return ended.every(
    ({ findings }) => findings?.figures.every((figure) => rateFigure(figure) !== 'missed') ?? false,
  );
}
