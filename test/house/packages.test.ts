/** Few dependencies, each exact and each with a paragraph in docs/decisions/. */
import { readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, root } from '../harness/source-files.js';

type Manifest = {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const manifest = JSON.parse(read('package.json')) as Manifest;
const all = { ...manifest.dependencies, ...manifest.devDependencies };

describe('dependencies', () => {
  it('have exact versions', () => {
    const inexact = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(inexact).toEqual([]);
  });

  it('are each explained in docs/decisions/', () => {
    const folder = join(root, 'docs/decisions');
    const texts = readdirSync(folder).map((name) => read(`docs/decisions/${name}`));
    const decisions = texts.join('\n');
    const unexplained = Object.keys(all).filter((name) => !decisions.includes(`\`${name}\``));
    expect(unexplained).toEqual([]);
  });

  it('of Temporal have one version', () => {
    const versions = Object.entries(all).filter(([name]) => name.startsWith('@temporalio/'));
    expect(new Set(versions.map(([, version]) => version)).size).toBe(1);
  });

  it('contain no mocking library', () => {
    expect(Object.keys(all).filter((name) => /mock|sinon|nock|msw/.test(name))).toEqual([]);
  });

  it('lock no download address', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  it('give Temporal’s packages one protobufjs: with several, recorded histories do not replay', () => {
    const places = ['proto', 'common', 'worker'].map((name) => {
      const from = realpathSync(join(root, 'node_modules/@temporalio', name, 'package.json'));
      return createRequire(from).resolve('protobufjs');
    });
    expect(new Set(places).size).toBe(1);
  });
});
