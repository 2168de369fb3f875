/**
 * Bundles browser code from TypeScript when a role first serves it, so that there is no separate build
 * step. The script's name contains a hash of its content, so that browsers may cache it for ever.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type BrowserCode = {
  readonly script: string;
  readonly styles: string;
  /** Hash of script and styles, short and safe in a path. */
  readonly version: string;
};

/** @param entry a `.tsx` file that imports everything it needs, styles included */
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
