/**
 * `npm run security [-- NAME …] [--seed=N]`: everything docs/security.md promises, shown: runs the tests
 * it names, its negative controls and its measurements, prints one table, and keeps it as
 * `.baton/security/last-run.json`. With names only those measurements. Exit 1 when a goal is missed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { thisMachine } from '../../bench/machine.js';
import { perform } from '../../bench/perform.js';
import { installQuietRuntime } from '../../../local/quiet-runtime.js';
import { formatBench, formatMachine, type Ended } from '../../bench/table.js';
import { build } from '../../../worker/bundle.js';
import { runNamed } from '../../report/run-named.js';
import { findTemporalProgram } from '../../../local/setup/temporal-server.js';
import { findTestServer } from '../../../local/setup/test-server.js';
import { measurements } from './measurements.js';
import { isMissed, readRows, formatRow, outcomeOf, type SecurityRow } from './rows.js';

const folder = '.baton/security';
const say = (line: string) => console.log(line);

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const [given = '--seed=1', ...others] = args.filter((arg) => arg.startsWith('-'));
  const seed = Number(/^--seed=(\d{1,9})$/.exec(given)?.[1] ?? NaN);
  const isKnown = (name: string) => measurements.some((one) => one.name === name);
  if (Number.isNaN(seed) || others.length > 0 || !names.every(isKnown)) {
    say('npm run security [-- NAME …] [--seed=N]; these can be measured alone:');
    for (const { name, measures } of measurements) say(`  ${name.padEnd(10)}  ${measures}`);
    return args.includes('--help') || args.includes('-h') ? 0 : 1;
  }
  const machine = thisMachine();
  say(formatMachine(machine, seed));
  const wanted = measurements.filter(({ name }) => names.length === 0 || names.includes(name));
  const measured = await measureAll(wanted, seed);
  if (names.length > 0) return measured.some(isMissed) ? 1 : 0;
  const rows = await judgeAll(measured);
  say('');
  for (const row of rows) for (const line of formatRow(row)) say(line);
  const count = (is: SecurityRow['is']) => rows.filter((row) => row.is === is).length;
  say(`\n${formatMachine(machine, seed)}`);
  say(`${count('held')} held, ${count('failed')} failed, ${count('open')} open`);
  keep({ machine, seed, rows, measured });
  return count('failed') > 0 ? 1 : 0;
}

async function measureAll(wanted: typeof measurements, seed: number): Promise<readonly Ended[]> {
  installQuietRuntime();
  mkdirSync(folder, { recursive: true });
  const temporalProgram = await findTemporalProgram((line) => say(`  ${line}`));
  const workflowBundle = { codePath: await build(`${folder}/workflow-bundle.js`) };
  const all: Ended[] = [];
  for (const one of wanted) {
    const played = await perform(one, { temporalProgram, workflowBundle, seed });
    const ended = { ...played, measures: one.measures };
    say('');
    for (const line of formatBench(ended)) say(line);
    all.push(ended);
  }
  return all;
}

async function judgeAll(measured: readonly Ended[]): Promise<readonly SecurityRow[]> {
  await findTestServer((line) => say(`  ${line}`));
  const rows = readRows(readFileSync('docs/security.md', 'utf8'));
  const named = rows.flatMap(({ row: { tests, negativeControls } }) => [
    ...tests,
    ...negativeControls,
  ]);
  const results = runNamed(named, `${folder}/tests.json`);
  return rows.map((row) => outcomeOf(row, results, measured));
}

function keep(run: object): void {
  const path = `${folder}/last-run.json`;
  const at = new Date().toISOString();
  writeFileSync(path, `${JSON.stringify({ at, ...run }, null, 2)}\n`);
  say(`also in ${path}`);
}
