/**
 * `npm run guarantees [-- --simulate 10m]`, or `npm run report -- guarantees`: runs exactly the tests that
 * `docs/guarantees.md` names, negative controls included, and prints what each row is worth; then the long run,
 * and an hour of simulated conversations, or as long as is asked. A test that fails or does not exist makes the
 * report bad, and so does a seed that breaks something.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { thisMachine } from '../../bench/machine.js';
import { formatMachine } from '../../bench/table.js';
import { largerInLongRun, longRun } from '../../run/long-run.js';
import { setUp } from '../../run/set-up.js';
import { runNamed } from '../run-named.js';
import { evaluateRow, type Results, type Outcome } from './evaluate-row.js';
import { readTable } from './table.js';

const say = (line: string) => console.log(line);

/** Random tests have seeds of their own, each in its file. */
const seed = 1;

/** @param simulated how long conversations are simulated, such as `10m` */
export async function reportGuarantees(simulated = '1h'): Promise<boolean> {
  say(formatMachine(thisMachine(), seed));
  await setUp();
  const rows = readTable(readFileSync('docs/guarantees.md', 'utf8'));
  const named = rows.flatMap(({ tests, negativeControls }) => [...tests, ...negativeControls]);
  const results = runNamed(named, '.baton/guarantees.json');
  const outcomes = rows.map((row) => evaluateRow(row, results));
  say('');
  for (const outcome of outcomes) print(outcome);
  const count = (what: Outcome['is']) => outcomes.filter(({ is }) => is === what).length;
  say(`\n${count('held')} held, ${count('failed')} failed, ${count('open')} open`);
  const hasPassed = hasLongRunPassed();
  return hasSimulationPassed(simulated) && hasPassed && count('failed') === 0;
}

function hasSimulationPassed(time: string): boolean {
  say(`\nsimulated conversations, for ${time}: npm run simulate`);
  const command = ['cli/run.mjs', 'test/simulation/main', '--for', time];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status === 0;
}

function hasLongRunPassed(): boolean {
  const files = Object.keys({ ...longRun, ...largerInLongRun });
  const { testResults } = runNamed(
    files.map((file) => ({ file, titles: [] })),
    '.baton/long-run.json',
  );
  const passed = testResults.filter(hasPassed).length;
  say(`the long run: ${passed} of ${files.length} files passed`);
  return passed >= files.length;
}

function hasPassed({ assertionResults, message }: Results['testResults'][number]): boolean {
  const isGood = assertionResults.every(({ status }) => status === 'passed');
  return message === '' && assertionResults.length > 0 && isGood;
}

function print({ row, is, negativeControl, because }: Outcome): void {
  const number = row.number.padStart(3);
  const proof = negativeControl === 'none' ? '' : ` [negative control ${negativeControl}]`;
  say(`${number}  ${is.padEnd(6)}  ${plain(row.promise)}${proof}`);
  if (row.open !== undefined) say(`             open: ${plain(row.open)}`);
  for (const line of because) say(`             ${line}`);
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
