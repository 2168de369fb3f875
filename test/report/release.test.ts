/** What `npm run report -- release` finds, over texts as they are and as they should not be. */
import { describe, expect, it } from 'vitest';
import {
  changelogProblems,
  deployments,
  historyProblems,
  releasesIn,
  versionProblems,
} from './release/checks.js';
import { read } from '../harness/source-files.js';

const changelog = '# Changelog\n\n## 0.2.0 (2026-02-01)\nMore.\n\n## 0.1.0 (2026-01-01)\nFirst.\n';
const lockfile = JSON.stringify({ version: '0.2.0', packages: { '': { version: '0.2.0' } } });
const deployed = { 'docker-compose.yml': 'image: baton:0.2.0\n' };

describe('the version', () => {
  it('is the same everywhere, also in this tree', () => {
    expect(versionProblems('0.2.0', { lockfile, deployed })).toEqual([]);
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const ours = Object.fromEntries(deployments.map((path) => [path, read(path)]));
    const files = { lockfile: read('package-lock.json'), deployed: ours };
    expect(versionProblems(version, files)).toEqual([]);
  });

  it('negative control: an image or a lockfile that was forgotten is named', () => {
    expect(versionProblems('0.3.0', { lockfile, deployed })).toHaveLength(3);
    const forgotten = { ...deployed, 'deploy/kubernetes/api.yaml': 'image: baton:0.1.0' };
    expect(versionProblems('0.2.0', { lockfile, deployed: forgotten })).toEqual([
      'deploy/kubernetes/api.yaml has 0.1.0, package.json 0.2.0',
    ]);
  });
});

describe('the changelog', () => {
  it('begins with this version, dated', () => {
    expect(changelogProblems('0.2.0', changelog)).toEqual([]);
    expect(releasesIn(read('CHANGELOG.md')).length).toBeGreaterThan(0);
  });

  it.each([
    ['another version', '0.3.0', changelog],
    ['no date', '0.2.0', changelog.replace(' (2026-02-01)', ' (not released yet)')],
    ['no words', '0.2.0', changelog.replace('More.\n', '')],
    ['nothing', '0.2.0', ''],
  ])('with %s is not enough', (_, version, text) => {
    expect(changelogProblems(version, text)).toHaveLength(1);
  });
});

describe('histories', () => {
  it('of each release before are in its folder', () => {
    const kept = ['0.1.0', '0.1.0/whole-life.1.json.gz', 'whole-life.1.json.gz'];
    expect(historyProblems('0.2.0', { changelog }, kept)).toEqual([]);
    expect(historyProblems('0.2.0', { changelog }, ['whole-life.1.json.gz'])).toHaveLength(1);
    expect(historyProblems('0.2.0', { changelog }, [])).toHaveLength(1);
  });
});
