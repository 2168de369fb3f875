/**
 * The guarantees, shown: runs exactly the tests that `docs/guarantees.md` names, saboteurs included, and
 * prints what each row is worth. Exit 1 when one fails, or names a test that does not exist.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findTemporalProgram } from '../setup/temporal-server.js';
import { findTestServer } from '../setup/test-server.js';
import { judge, type Results, type Verdict } from './judge.js';
import { readTable, toSource, type Named } from './table.js';

const resultsPath = '.baton/guarantees.json';
const say = (line: string) => console.log(line);

say('Set-up');
await findTemporalProgram((line) => say(`  ${line}`));
await findTestServer((line) => say(`  ${line}`));

const rows = readTable(readFileSync('docs/guarantees.md', 'utf8'));
const results = run(rows.flatMap(({ tests, saboteurs }) => [...tests, ...saboteurs]));
const verdicts = rows.map((row) => judge(row, results));

say('');
for (const verdict of verdicts) print(verdict);
const count = (what: Verdict['is']) => verdicts.filter(({ is }) => is === what).length;
say(`\n${count('held')} held, ${count('failed')} failed, ${count('open')} open`);
process.exit(count('failed') > 0 ? 1 : 0);

/** One run over all files; within them, only the tests that are named. */
function run(named: readonly Named[]): Results {
  mkdirSync('.baton', { recursive: true });
  rmSync(resultsPath, { force: true });
  const files = [...new Set(named.map(({ file }) => file))].sort();
  const titles = [...new Set(named.map(({ titles }) => titles.map(toSource).join(' ')))];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsPath}`];
  say(`\n${titles.length} names in ${files.length} files: vitest`);
  const args = ['run', ...reporters, '-t', titles.join('|'), ...files];
  const env = { ...process.env, BATON_LONG_TESTS: '1' };
  spawnSync('node_modules/.bin/vitest', args, { stdio: 'inherit', env });
  if (!existsSync(resultsPath)) return { testResults: [] };
  return JSON.parse(readFileSync(resultsPath, 'utf8')) as Results;
}

function print({ row, is, saboteur, because }: Verdict): void {
  const number = row.number.padStart(3);
  const proof = saboteur === 'none' ? '' : ` [saboteur ${saboteur}]`;
  say(`${number}  ${is.padEnd(6)}  ${plain(row.promise)}${proof}`);
  if (row.open !== undefined) say(`             open: ${plain(row.open)}`);
  for (const line of because) say(`             ${line}`);
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
