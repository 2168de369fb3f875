/**
 * The workflows as one file for Temporal's sandbox: bundled ahead by `npm run build`, as an image does,
 * or now.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';

const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const builtPath = fileURLToPath(new URL('../dist/workflow-bundle.js', import.meta.url));

/** `builtAt`: where an earlier build is, from the environment. */
export async function workflowBundle(builtAt?: string): Promise<WorkflowBundleOption> {
  return builtAt === undefined ? bundleNow() : { codePath: resolve(builtAt) };
}

export async function bundleNow(from = workflowsPath): Promise<{ code: string }> {
  const quiet = { trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
  return bundleWorkflowCode({ workflowsPath: from, logger: { ...quiet, log() {} } });
}

/** @returns where it was written */
export async function build(path = builtPath, from = workflowsPath): Promise<string> {
  const { code } = await bundleNow(from);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return path;
}
