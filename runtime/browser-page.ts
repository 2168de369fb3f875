/**
 * Code for a browser, bundled from its TypeScript when a role first serves it: whoever runs Baton has no
 * build step. The name of the script changes with what is in it, so that browsers may keep it for ever.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type BrowserCode = {
  readonly script: string;
  readonly styles: string;
  /** Of both, short and safe in a path. */
  readonly version: string;
};

/** @param entry a `.tsx` file that imports all it needs, its styles included */
export async function bundleForBrowser(entry: URL): Promise<BrowserCode> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    outdir: '/',
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    legalComments: 'none',
  });
  const of = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const [script, styles] = [of('.js'), of('.css')];
  const version = createHash('sha256').update(script).update(styles).digest('hex').slice(0, 12);
  return { script, styles, version };
}
