/**
 * The workflows as one file for Temporal's sandbox: bundled ahead where `npm run build` has run (an
 * image does), otherwise now.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';

const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const builtPath = fileURLToPath(new URL('../dist/workflow-bundle.js', import.meta.url));

export async function workflowBundle(): Promise<WorkflowBundleOption> {
  return existsSync(builtPath) ? { codePath: builtPath } : bundleNow();
}

export async function bundleNow(): Promise<{ code: string }> {
  const quiet = { trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
  return bundleWorkflowCode({ workflowsPath, logger: { ...quiet, log() {} } });
}

/** @returns where it was written */
export async function build(): Promise<string> {
  const { code } = await bundleNow();
  await mkdir(dirname(builtPath), { recursive: true });
  await writeFile(builtPath, code);
  return builtPath;
}
