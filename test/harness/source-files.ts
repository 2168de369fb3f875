/** The tree as the house's own tests see it: TypeScript and what each file imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const notOurs = new Set(['node_modules', 'dist', '.git', '.baton']);

export function sourceFiles(extensions = ['.ts', '.tsx', '.mjs']): readonly string[] {
  return sourceTree().filter((path) => extensions.some((end) => path.endsWith(end)));
}

/** Every file of the repository, without packages and what a build or a run writes. */
export function sourceTree(folder = ''): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .filter(({ name }) => folder !== '' || !notOurs.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourceTree(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export type Import = { readonly what: string; readonly isTypeOnly: boolean };

/** What a file imports: packages by name, our own files by path from the root. */
export function importsOf(path: string): readonly Import[] {
  const statements = read(path).matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^'";]*?from\s+)?'([^']+)'/gm,
  );
  const dynamic = read(path).matchAll(/\bimport\('([^']+)'\)/g);
  return [
    ...[...statements].map(([, type, what = '']) => ({ what, isTypeOnly: type !== undefined })),
    ...[...dynamic].map(([, what = '']) => ({ what, isTypeOnly: false })),
  ].map((one) => ({ ...one, what: one.what.startsWith('.') ? resolve(path, one.what) : one.what }));
}

function resolve(from: string, what: string): string {
  const path = normalize(join(dirname(from), what));
  const typescript = [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')];
  return typescript.find((one) => existsSync(join(root, one))) ?? path;
}
