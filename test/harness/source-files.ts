/** The tree as the house's own tests see it: TypeScript and what each file imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const notOurs = new Set(['node_modules', 'dist', '.git', '.baton']);

export function sourceFiles(extensions = ['.ts', '.tsx', '.mjs']): readonly string[] {
  const found = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.some((end) => entry.name.endsWith(end)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return found.filter((path) => !notOurs.has(path.split('/')[0] ?? '')).sort();
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
