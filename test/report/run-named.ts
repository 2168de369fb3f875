/** Runs exactly the tests that are named: one run over all files; within them, only those titles. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Results } from './guarantees/evaluate-row.js';
import { toSource, type Named } from './guarantees/table.js';

/**
 * @param named without titles: all of its file
 * @param resultsPath where vitest leaves what came of them
 */
export function runNamed(named: readonly Named[], resultsPath: string): Results {
  mkdirSync(dirname(resultsPath), { recursive: true });
  rmSync(resultsPath, { force: true });
  const files = [...new Set(named.map(({ file }) => file))].sort();
  const titles = [...new Set(named.map(({ titles }) => titles.map(toSource).join(' ')))];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsPath}`];
  console.log(`\n${titles.length} names in ${files.length} files: vitest`);
  const only = titles.includes('') ? [] : ['-t', titles.join('|')];
  const args = ['run', ...reporters, ...only, ...files];
  const env = { ...process.env, BATON_LONG_TESTS: '1' };
  spawnSync('node_modules/.bin/vitest', args, { stdio: 'inherit', env });
  if (!existsSync(resultsPath)) return { testResults: [] };
  return JSON.parse(readFileSync(resultsPath, 'utf8')) as Results;
}
