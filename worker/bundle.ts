/**
 * Bundles the workflows for Temporal's sandbox: in advance by `npm run build`, as for the image, or at
 * start. A second bundle is for encrypted payloads; it also encrypts failures.
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

/** `builtAt`: path of an earlier build, from the environment; the one for encryption is beside it. */
export async function workflowBundle(
  builtAt: string | undefined,
  isEncrypting: boolean,
): Promise<WorkflowBundleOption> {
  if (builtAt === undefined) return bundleNow({ isEncrypting });
  return { codePath: resolve(isEncrypting ? encryptingBeside(builtAt) : builtAt) };
}

type Bundled = {
  /** Encrypts payloads and failures. */
  readonly isEncrypting?: boolean;
  /** Path of the workflows' entry module. */
  readonly from?: string;
};

/**
 * Concatenates our modules: Temporal evaluates all modules of a bundle anew for each cached workflow, and
 * hundreds of small ones, with a getter for every export, were more than half of an idle thread's memory.
 * Behaviour and order of evaluation do not change.
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
    // Evaluated once a process and shared; otherwise every workflow would evaluate and keep its own copy.
    // Requires that no module has state of its own (`test/house/workflow-modules.test.ts`).
    preloadModules: [from],
    ...converter,
    logger: { ...quiet, log() {} },
    webpackConfigHook: asOneModule,
  });
}

/** @returns path of the bundle */
export async function build(path = builtPath, bundled: Bundled = {}): Promise<string> {
  const { code } = await bundleNow(bundled);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return path;
}

/** `workflow-bundle.js` → `workflow-bundle.encrypting.js` */
export function encryptingBeside(path: string): string {
  return path.replace(/(\.[cm]?js)?$/, '.encrypting$1');
}
