/**
 * The workflows as one file for Temporal's sandbox: bundled ahead by `npm run build`, as an image does,
 * or now. There is a second one for encrypted payloads, which encrypts what failures say too.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  type BundleOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { failureConverterPath } from '../temporal/encryption/data-converter.js';

export const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
export const builtPath = fileURLToPath(new URL('../dist/workflow-bundle.js', import.meta.url));

/** `builtAt`: where an earlier build is, from the environment; the one for encryption is beside it. */
export async function workflowBundle(
  builtAt: string | undefined,
  isEncrypting: boolean,
): Promise<WorkflowBundleOption> {
  if (builtAt === undefined) return bundleNow({ isEncrypting });
  return { codePath: resolve(isEncrypting ? encryptingBeside(builtAt) : builtAt) };
}

type Bundled = {
  /** Payloads are encrypted, failures too. */
  readonly isEncrypting?: boolean;
  /** Where the workflows are; ours unless given. */
  readonly from?: string;
};

/**
 * Our modules as one: Temporal evaluates all of a bundle's modules anew for each workflow it holds in memory,
 * and hundreds of small ones, with a getter for every name they export, were more than half of what an
 * idle thread cost. What they do, and in which order, is the same.
 */
const asOneModule: NonNullable<BundleOptions['webpackConfigHook']> = (config) => ({
  ...config,
  optimization: {
    ...config.optimization,
    ...{ concatenateModules: true, providedExports: true, usedExports: true, sideEffects: true },
  },
});

export async function bundleNow(bundled: Bundled = {}): Promise<{ code: string }> {
  const { isEncrypting = false, from = workflowsPath } = bundled;
  const quiet = { trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
  const converter = isEncrypting ? { failureConverterPath } : {};
  return bundleWorkflowCode({
    workflowsPath: from,
    // Evaluated once a process and shared: every workflow would otherwise evaluate and keep its own copy.
    // It holds as long as no module has state of its own (`test/house/workflow-modules.test.ts`).
    preloadModules: [from],
    ...converter,
    logger: { ...quiet, log() {} },
    webpackConfigHook: asOneModule,
  });
}

/** @returns where it was written */
export async function build(path = builtPath, bundled: Bundled = {}): Promise<string> {
  const { code } = await bundleNow(bundled);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return path;
}

/** `workflow-bundle.js` → `workflow-bundle.encryption.js` */
export function encryptingBeside(path: string): string {
  return path.replace(/(\.[cm]?js)?$/, '.sealing$1');
}
