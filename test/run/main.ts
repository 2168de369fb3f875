/**
 * Set-up, then types, lint, layout and all tests. Arguments go to vitest: `npm test -- test/workflows`.
 * The last line is `N passed, N failed`; what was skipped is said before it, and why.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runChecks, type Check } from './checks.js';
import { setUp } from './set-up.js';

const say = (line: string) => console.log(line);
const resultsPath = '.baton/test-results.json';

await setUp();

const began = Date.now();
const only = process.argv.slice(2);
const isWhole = only.length === 0;
if (isWhole)
  say('\nTypes, lint and layout, beside the tests: what they find is printed at the end');
const checking = isWhole ? runChecks() : Promise.resolve([]);
const tests = await runTests();
const checks = await checking;
for (const check of checks) printCheck(check);

const passed = tests.passed + checks.filter(({ isGood }) => isGood).length;
const failed = tests.failed + checks.filter(({ isGood }) => !isGood).length;
if (tests.skipped > 0) say(`${tests.skipped} skipped: each says why above`);
say(`in ${Math.round((Date.now() - began) / 1_000)} s`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function printCheck({ name, command, isGood, printed }: Check): void {
  say(`${name}: ${isGood ? 'passed' : 'FAILED'} (${command})`);
  if (!isGood) say(printed);
}

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

async function runTests(): Promise<Counts> {
  say('\ntests: vitest');
  mkdirSync('.baton', { recursive: true });
  rmSync(resultsPath, { force: true });
  const status = await vitest();
  if (!existsSync(resultsPath)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(resultsPath, 'utf8')) as Record<string, number>;
  const count = results['numFailedTests'] ?? 0;
  return {
    passed: results['numPassedTests'] ?? 0,
    skipped: results['numPendingTests'] ?? 0,
    // A file that cannot even be loaded, or an error outside any test, fails without a failed test.
    failed: count === 0 && status !== 0 ? 1 : count,
  };
}

function vitest(): Promise<number | null> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsPath}`];
  const args = ['run', ...reporters, ...only];
  return new Promise((resolve, reject) => {
    const child = spawn('node_modules/.bin/vitest', args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
