/**
 * `npm run report -- release`: may this be released? Replays every recorded history of every release, and looks
 * at the version, the changelog, the bill of materials and the tree. Nothing is changed but
 * `.baton/release/sbom.json`, which goes beside the release.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { differenceOf, makeSbom } from '../../security/attack/bill-of-materials.js';
import { setUp } from '../../run/set-up.js';
import { runNamed } from '../run-named.js';
import { changelogProblems, deployments, historyProblems, versionProblems } from './checks.js';

const folder = '.baton/release';
const histories = 'test/histories';
const say = (line: string) => console.log(line);
const read = (path: string) => readFileSync(path, 'utf8');

export async function reportRelease(): Promise<boolean> {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  say(`Baton ${version}`);
  const checks = checksOf(version);
  let failed = 0;
  for (const [what, check] of checks) {
    const problems = await check();
    say(`  ${problems.length === 0 ? 'yes' : 'NO '}  ${what}`);
    for (const problem of problems.slice(0, 10)) say(`       ${problem}`);
    failed += problems.length === 0 ? 0 : 1;
  }
  say(failed === 0 ? `\n${version} may be released` : `\n${failed} of ${checks.length} say no`);
  return failed === 0;
}

type Check = readonly [
  what: string,
  problems: () => Promise<readonly string[]> | readonly string[],
];

function checksOf(version: string): readonly Check[] {
  return [
    ['the tree is clean', treeProblems],
    ['one version everywhere', () => versionProblems(version, files())],
    ['the changelog has it, with its date', () => changelogProblems(version, read('CHANGELOG.md'))],
    ['histories of every release are there', () => historyProblems(version, files(), kept())],
    ['the bill of materials is the lockfile’s', sbomProblems],
    ['every history of every release replays', replayProblems],
  ];
}

function files() {
  const deployed = Object.fromEntries(deployments.map((path) => [path, read(path)]));
  return { changelog: read('CHANGELOG.md'), lockfile: read('package-lock.json'), deployed };
}

/** Paths below `test/histories/`. */
function kept(): readonly string[] {
  return readdirSync(histories, { recursive: true, encoding: 'utf8' });
}

function treeProblems(): readonly string[] {
  const { stdout } = spawnSync('git', ['status', '--porcelain'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
}

function sbomProblems(): readonly string[] {
  const sbom = makeSbom();
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/sbom.json`, `${JSON.stringify(sbom, null, 2)}\n`);
  const { missing, surplus } = differenceOf(sbom);
  return [...missing.map((one) => `missing: ${one}`), ...surplus.map((one) => `surplus: ${one}`)];
}

async function replayProblems(): Promise<readonly string[]> {
  await setUp();
  const replay = { file: 'test/histories/replay.test.ts', titles: [] };
  const { testResults } = runNamed([replay], `${folder}/replay.json`);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (results.length === 0) return ['nothing was replayed'];
  say(`       ${results.filter(({ status }) => status === 'passed').length} replays passed`);
  return results.filter(({ status }) => status !== 'passed').map(({ title }) => title);
}
