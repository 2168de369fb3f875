/**
 * The directory's two endpoints: show it, and refresh it. A refresh costs one call to the platform per
 * person who may take threads, so it needs an explicit request; concurrent requests share one refresh.
 */
import { z } from 'zod';
import type { Directories } from '../../temporal/directories.js';
import type { DirectoryPlan } from '../../workflows/contract/index.js';
import { notTheirs, type OperatorContext } from './authorise.js';
import { readBody } from './body.js';
import { bySchema, readName } from './by.js';

export type DirectoryServices = { readonly directories: Directories; readonly plan: DirectoryPlan };

export const refreshSchema = z.strictObject(
  { by: bySchema },
  { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'expected an object') },
);

/** `POST /operator/directory/refresh` */
export function createRefreshDirectory({ directories, plan }: DirectoryServices) {
  return async function refresh(c: OperatorContext): Promise<Response> {
    const read = await readBody(c, refreshSchema);
    if ('refusal' in read) return read.refusal;
    const named = readName(c, read.body.by);
    if ('refusal' in named) return named.refusal;
    if (c.get('principal').sources !== 'all') return notTheirs(c, 'the directory');
    const directory = await directories.refresh({ by: named.by, plan });
    return c.json({ directory }, 202);
  };
}

/** `GET /operator/directory` */
export function createShowDirectory({ directories }: DirectoryServices) {
  return async function show(c: OperatorContext): Promise<Response> {
    if (c.get('principal').sources !== 'all') return notTheirs(c, 'the directory');
    return c.json({ directory: (await directories.show()) ?? null });
  };
}
