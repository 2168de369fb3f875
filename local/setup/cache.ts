/**
 * Baton's cache of tools, outside the checkout, so that a fresh clone does not build them again:
 * `$XDG_CACHE_HOME/baton`, by default `~/.cache/baton`.
 */
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export function cachePath(...parts: readonly string[]): string {
  const home = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(home, 'baton', ...parts);
}

export const isReadable = (path: string): Promise<boolean> => isAllowed(path, constants.R_OK);
export const isExecutable = (path: string): Promise<boolean> => isAllowed(path, constants.X_OK);

async function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** Fills a folder of the cache atomically; safe with concurrent callers. */
export async function fillCache(folder: string, fill: (into: string) => Promise<void>) {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}.`);
  try {
    await fill(draft);
    await rename(draft, folder).catch(async (error: unknown) => {
      if (!(await isReadable(folder))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
