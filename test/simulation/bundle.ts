/**
 * Bundles the simulation into `.baton/simulation/`: it runs faster than from its sources, and a planted fault can
 * replace text of a source file on its way into the bundle.
 */
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** One exact text of one source file, replaced. */
export type Patch = { readonly file: string; readonly text: string; readonly by: string };

export type Bundle = {
  /** Imported before all else. */
  readonly install: string;
  readonly seeds: string;
};

/**
 * @param name of the directory in `.baton/simulation/`
 * @param from the directory with the sources, absolute; default: this one
 * @throws when the text of a patch is not in its file exactly once
 */
export async function bundleSimulation(
  name: string,
  patches: readonly Patch[] = [],
  from = process.cwd(),
): Promise<Bundle> {
  const outdir = resolve('.baton/simulation', name);
  await build({
    absWorkingDir: from,
    entryPoints: {
      install: 'test/simulation/host/install.ts',
      seeds: 'test/simulation/seeds.ts',
    },
    ...{ outdir, bundle: true, splitting: true, format: 'esm', platform: 'node' },
    ...{ target: 'node20', packages: 'external', logLevel: 'silent', sourcemap: true },
    outExtension: { '.js': '.mjs' },
    plugins: patches.length > 0 ? [patched(patches)] : [],
  });
  return { install: `${outdir}/install.mjs`, seeds: `${outdir}/seeds.mjs` };
}

function patched(patches: readonly Patch[]): Plugin {
  const files = new Set(patches.map(({ file }) => resolve(file)));
  return {
    name: 'patched',
    setup(building) {
      const seen = new Set<string>();
      building.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!files.has(path)) return undefined;
        seen.add(path);
        const source = await readFile(path, 'utf8');
        const contents = patches
          .filter(({ file }) => resolve(file) === path)
          .reduce(replaceOnce, source);
        return { contents, loader: 'ts' };
      });
      building.onEnd(() => {
        const missed = [...files].filter((file) => !seen.has(file));
        if (missed.length > 0)
          throw new Error(
            `not in the bundle: ${missed.map((one) => relative('.', one)).join(', ')}`,
          );
      });
    },
  };
}

function replaceOnce(source: string, { file, text, by }: Patch): string {
  const parts = source.split(text);
  if (parts.length !== 2)
    throw new Error(`${file}: expected once, found ${parts.length - 1} times: ${text}`);
  return parts.join(by);
}
