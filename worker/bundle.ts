/**
 * The workflows as one file for Temporal's sandbox: bundled ahead by `npm run build`, as an image does,
 * or now.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  type BundleOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';

const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const builtPath = fileURLToPath(new URL('../dist/workflow-bundle.js', import.meta.url));

/** `builtAt`: where an earlier build is, from the environment. */
export async function workflowBundle(builtAt?: string): Promise<WorkflowBundleOption> {
  return builtAt === undefined ? bundleNow() : { codePath: resolve(builtAt) };
}

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

export async function bundleNow(): Promise<{ code: string }> {
  const quiet = { trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
  return bundleWorkflowCode({
    workflowsPath,
    logger: { ...quiet, log() {} },
    webpackConfigHook: asOneModule,
  });
}

/** @returns where it was written */
export async function build(path = builtPath): Promise<string> {
  const { code } = await bundleNow();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return path;
}
