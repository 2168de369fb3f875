/**
 * Set-up, then types, lint, layout and all tests. Arguments go to vitest: `npm test -- test/workflows`.
 * The last line is `N passed, N failed`; what was skipped is said before it, and why.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findTemporalProgram } from '../setup/temporal-server.js';
import { findTestServer } from '../setup/test-server.js';

const say = (line: string) => console.log(line);
const resultsPath = '.baton/test-results.json';
const bin = (name: string) => `node_modules/.bin/${name}`;

say('Set-up');
await findTemporalProgram((line) => say(`  ${line}`));
await findTestServer((line) => say(`  ${line}`));

let [passed, failed, skipped] = [0, 0, 0];

const only = process.argv.slice(2);
if (only.length === 0) {
  for (const project of ['.', 'simulator/page', 'api/console/page']) {
    check('types', bin('tsc'), ['--noEmit', '-p', project]);
  }
  check('lint', bin('eslint'), ['.']);
  check('layout', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
}
runTests();
if (skipped > 0) say(`${skipped} skipped: each says why above`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function check(name: string, command: string, args: readonly string[]): void {
  say(`\n${name}: ${command.split('/').at(-1) ?? ''} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) passed += 1;
  else failed += 1;
  say(`${name}: ${status === 0 ? 'passed' : 'FAILED'}`);
}

function runTests(): void {
  say('\ntests: vitest');
  mkdirSync('.baton', { recursive: true });
  rmSync(resultsPath, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsPath}`];
  const { status } = spawnSync(bin('vitest'), ['run', ...reporters, ...only], { stdio: 'inherit' });
  const results = JSON.parse(readFileSync(resultsPath, 'utf8')) as Record<string, number>;
  passed += results['numPassedTests'] ?? 0;
  skipped += results['numPendingTests'] ?? 0;
  const count = results['numFailedTests'] ?? 0;
  // A file that cannot even be loaded, or an error outside any test, fails without a failed test.
  failed += count === 0 && status !== 0 ? 1 : count;
}
