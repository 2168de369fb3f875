/** Releases of workers that a slice puts in place and takes back: their bundles, their workers, and customers. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../worker/bundle.js';
import { Customer, type CustomerOptions } from '../cluster/customers.js';
import { roleOn, type Surroundings } from '../cluster/production.js';
import type { Platform } from '../harness/platform.js';
import type { Program } from '../harness/program.js';
import { startWorker } from '../harness/roles.js';
import type { Context } from './slice.js';

/** Bundles the workflows of `next-version/NAME.ts` into this folder. @returns the path of the bundle */
export function buildRelease(folder: string, name: 'guarded' | 'unguarded'): Promise<string> {
  const from = fileURLToPath(new URL(`next-version/${name}.ts`, import.meta.url));
  return build(join(folder, `${name}.js`), { from });
}

export type Release = {
  readonly name: string;
  /** Path of its bundle. */
  readonly workflowBundle: string;
  readonly config?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Resolves when the worker of this release polls for work. */
export function startRelease(
  context: Context,
  on: Surroundings & { readonly platform: Platform },
  { name, workflowBundle, config, env }: Release,
): Promise<Program> {
  const role = roleOn(on, `worker-${name}`, config);
  return startWorker(context, { ...role, engageUrl: on.platform.url, workflowBundle, env });
}

/** Customers who have not written yet. */
export function createCustomers(
  platform: Platform,
  name: string,
  count: number,
  options?: CustomerOptions,
): readonly Customer[] {
  return Array.from({ length: count }, (_, at) => new Customer(platform, `${name}-${at}`, options));
}
