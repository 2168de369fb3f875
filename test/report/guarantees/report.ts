/**
 * The guarantees, shown: runs exactly the tests that `docs/guarantees.md` names, negative controls included, and
 * prints what each row is worth. Exit 1 when one fails, or names a test that does not exist.
 */
import { readFileSync } from 'node:fs';
import { thisMachine } from '../../bench/machine.js';
import { formatMachine } from '../../bench/table.js';
import { findTemporalProgram } from '../../../local/setup/temporal-server.js';
import { findTestServer } from '../../../local/setup/test-server.js';
import { evaluateRow, type Results, type Outcome } from './judge.js';
import { largerInLongRun, longRun } from '../../run/long-run.js';
import { runNamed } from './run-named.js';
import { readTable } from './table.js';

const resultsPath = '.baton/guarantees.json';
const say = (line: string) => console.log(line);

/** Random tests have seeds of their own, each in its file. */
const seed = 1;
say(formatMachine(thisMachine(), seed));
say('Set-up');
await findTemporalProgram((line) => say(`  ${line}`));
await findTestServer((line) => say(`  ${line}`));

const rows = readTable(readFileSync('docs/guarantees.md', 'utf8'));
const named = rows.flatMap(({ tests, negativeControls }) => [...tests, ...negativeControls]);
const results = runNamed(named, resultsPath);
const outcomes = rows.map((row) => evaluateRow(row, results));

say('');
for (const outcome of outcomes) print(outcome);
const count = (what: Outcome['is']) => outcomes.filter(({ is }) => is === what).length;
say(`\n${count('held')} held, ${count('failed')} failed, ${count('open')} open`);

const files = Object.keys({ ...longRun, ...largerInLongRun });
const long = runNamed(
  files.map((file) => ({ file, titles: [] })),
  '.baton/long-run.json',
).testResults.filter(hasPassed).length;
say(`the long run: ${long} of ${files.length} files passed`);
process.exit(count('failed') > 0 || long < files.length ? 1 : 0);

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
