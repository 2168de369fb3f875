/**
 * The directory's two doors: see it, and have it read again. Reading costs the platform a call for each
 * person who may take threads, so it is asked for by name; asked twice, it is read once.
 */
import type { Context } from 'hono';
import { z } from 'zod';
import type { Directories } from '../../temporal/directories.js';
import type { DirectoryPlan } from '../../workflows/contract.js';
import { readBody } from './body.js';

export type DirectoryDoor = { readonly directories: Directories; readonly plan: DirectoryPlan };

const who = 'expected who you are, in up to 500 characters';
const refreshSchema = z.strictObject(
  { by: z.string({ error: who }).trim().min(1, who).max(500, who) },
  { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'expected an object') },
);

/** `POST /operator/directory/refresh` */
export function createRefreshDirectory({ directories, plan }: DirectoryDoor) {
  return async function refresh(c: Context): Promise<Response> {
    const read = await readBody(c, refreshSchema);
    if ('refusal' in read) return read.refusal;
    const directory = await directories.refresh({ by: read.body.by, plan });
    return c.json({ directory }, 202);
  };
}

/** `GET /operator/directory` */
export function createShowDirectory({ directories }: DirectoryDoor) {
  return async function show(c: Context): Promise<Response> {
    return c.json({ directory: (await directories.show()) ?? null });
  };
}
