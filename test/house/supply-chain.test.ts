/** What Baton is made of, and that nothing slipped in: the lockfile, the bill of materials, the repository. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { differenceOf, inLockfile, makeSbom } from '../security/attack/bill-of-materials.js';
import { judged } from '../security/attack/advisories.js';
import { read, root } from '../harness/source-files.js';

type Locked = { readonly integrity?: string; readonly hasInstallScript?: boolean };
const lockfile = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const packages = Object.entries(lockfile.packages).filter(([path]) => path !== '');
const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('the lockfile', () => {
  it('has a digest of every package', () => {
    const without = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('knows which packages run something when they are installed, and they are few', () => {
    const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = new Set(running.map(([path]) => path.split('node_modules/').at(-1)));
    expect([...names].sort()).toEqual(runAtInstall);
  });
});

/** They fetch or choose their program for this machine. */
const runAtInstall = ['@swc/core', 'esbuild', 'protobufjs'];

describe('the bill of materials', () => {
  it('lists every package of the lockfile, with its digest, and no other', () => {
    const sbom = makeSbom();
    expect(sbom.bomFormat).toBe('CycloneDX');
    expect(differenceOf(sbom)).toEqual({ missing: [], surplus: [] });
    expect(inLockfile().length).toBeGreaterThan(100);
  });

  it('negative control: one that lacks a package, or has another version, is found', () => {
    const integrity = 'sha512-AAAA';
    const text = JSON.stringify({
      packages: {
        'node_modules/one': { version: '1.0.0', integrity },
        'node_modules/two': { version: '2.0.0', integrity },
      },
    });
    const hashes = [{ alg: 'SHA-512', content: '000000' }];
    const components = [{ name: 'two', version: '2.0.1', hashes }];
    const { missing, surplus } = differenceOf({ bomFormat: 'CycloneDX', components }, text);
    expect([missing.length, surplus.length]).toEqual([2, 1]);
  });
});

describe('an advisory', () => {
  const found = [['leaky', { severity: 'high' }]] as const;
  const open = (page: string) => judged(found, page).figures.at(-1)?.value;

  it('counts until the page explains it, under its heading', () => {
    expect(open('## Advisories\nnone')).toBe(1);
    expect(open('`leaky` is bad\n## Advisories\nnone')).toBe(1);
    expect(open('## Advisories\n`leaky`: not reached, because …')).toBe(0);
  });
});

const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '');

describe('the repository', () => {
  it('runs nothing of ours when it is installed', () => {
    const hooks = /^(pre|post)?(install|prepare|publish|pack)|^prepublish/;
    expect(Object.keys(manifest.scripts).filter((name) => hooks.test(name))).toEqual([]);
  });

  it('holds no program in binary form: only pictures and recorded histories are no text', () => {
    const allowed = /^docs\/pictures\/.*\.png$|^test\/histories\/.*\.json\.gz$/;
    const binary = files.filter((path) => {
      if (allowed.test(path)) return false;
      return readFileSync(join(root, path)).subarray(0, 8_000).includes(0);
    });
    expect(binary).toEqual([]);
  });

  it('pins the images it builds on and runs, and is nobody’s root', () => {
    const dockerfile = read('Dockerfile');
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image);
    expect(images.filter((image) => !/:\d+\.\d+\.\d+/.test(image))).toEqual([]);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).not.toMatch(/curl|wget|ADD http/);
  });

  it('has a policy for who finds a fault, and a changelog', () => {
    for (const heading of ['Reporting', 'Supported versions', 'In scope']) {
      expect(read('SECURITY.md')).toContain(`## ${heading}`);
    }
    expect(read('CHANGELOG.md')).toMatch(/^## \d+\.\d+\.\d+/m);
  });

  it('asks nothing of workflows that a stranger can change', () => {
    const workflows = files.filter((path) => path.startsWith('.github/workflows/'));
    for (const path of workflows) {
      expect(read(path), path).not.toMatch(/pull_request_target/);
      const used = [...read(path).matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
      expect(
        used.filter((action) => !/@[0-9a-f]{40}$/.test(action)),
        path,
      ).toEqual([]);
    }
  });
});
