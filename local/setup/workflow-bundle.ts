/**
 * Finds the workflow bundle in Baton's cache, or creates it: bundling takes about five seconds of CPU, and
 * `npm start`, `npm test`, `npm run scenario` and `npm run chat` all need it.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundleByEsbuild } from 'esbuild';
import { failureConverterPath } from '../../temporal/encryption/data-converter.js';
import { build, encryptingBeside, workflowsPath } from '../../worker/bundle.js';
import { cachePath, fillCache, isReadable } from './cache.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Further inputs of the bundle, besides the workflows' own modules. */
const others = ['package-lock.json', 'worker/bundle.ts'].map((path) => join(root, path));

/** @returns path of the bundle for unencrypted payloads; with `isEncrypting`, the other is beside it */
export async function findWorkflowBundle({ isEncrypting = false } = {}): Promise<string> {
  const folder = cachePath(
    `workflow-bundle-${await fingerprint()}${isEncrypting ? '-encrypting' : ''}`,
  );
  const path = join(folder, 'workflow-bundle.js');
  if (await isReadable(path)) return path;
  await fillCache(folder, async (into) => {
    const draft = join(into, 'workflow-bundle.js');
    await build(draft);
    if (isEncrypting) await build(encryptingBeside(draft), { isEncrypting: true });
  });
  return path;
}

/** Changes with any workflow module and with the versions of their dependencies. */
async function fingerprint(): Promise<string> {
  const { metafile } = await bundleByEsbuild({
    entryPoints: [workflowsPath, failureConverterPath],
    absWorkingDir: root,
    bundle: true,
    packages: 'external',
    metafile: true,
    write: false,
    outdir: 'unused',
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs).map((path) => join(root, path));
  const hash = createHash('sha256');
  for (const path of [...inputs.sort(), ...others]) hash.update(await readFile(path)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
