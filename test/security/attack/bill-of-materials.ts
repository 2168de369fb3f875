/** The software bill of materials (CycloneDX), as npm makes it of the lockfile, and whether it is complete. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type Sbom = {
  readonly bomFormat: string;
  readonly metadata?: { readonly component?: { name: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  }[];
};

/** @throws with npm's words when it makes none */
export function makeSbom(): Sbom {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (!stdout.startsWith('{')) throw new Error(`npm sbom made none: ${stderr.slice(0, 500)}`);
  const sbom = JSON.parse(stdout) as Sbom;
  // npm calls it by the folder it lies in.
  if (sbom.metadata?.component) sbom.metadata.component.name = 'baton';
  return sbom;
}

type Lockfile = {
  readonly packages: Readonly<Record<string, { version?: string; integrity?: string }>>;
};

/** `name@version sha512`, each once: one version in two places is one component. */
export function inLockfile(text = readFileSync('package-lock.json', 'utf8')): readonly string[] {
  const { packages } = JSON.parse(text) as Lockfile;
  const all = Object.entries(packages).flatMap(([path, { version = '', integrity = '' }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    return path === '' ? [] : [`${name}@${version} ${hexOf(integrity)}`];
  });
  return [...new Set(all)].sort();
}

export function inSbom({ components }: Sbom): readonly string[] {
  const all = components.map(({ name, version, hashes = [] }) => {
    const content = hashes.find(({ alg }) => alg === 'SHA-512')?.content ?? '';
    return `${name}@${version} ${content}`;
  });
  return [...new Set(all)].sort();
}

function hexOf(integrity: string): string {
  const [, base64 = ''] = /sha512-(\S+)/.exec(integrity) ?? [];
  return Buffer.from(base64, 'base64').toString('hex');
}

export type Difference = {
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
};

export function differenceOf(sbom: Sbom, lockfile?: string): Difference {
  const [listed, locked] = [inSbom(sbom), inLockfile(lockfile)];
  return {
    missing: locked.filter((one) => !listed.includes(one)),
    surplus: listed.filter((one) => !locked.includes(one)),
  };
}
