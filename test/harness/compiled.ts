/**
 * Roles that tests start as processes, compiled to JavaScript once per test run: a process then starts with
 * half the CPU that compiling itself (`tsx`) takes. What is not compiled, such as a configuration that a test
 * writes, runs as TypeScript.
 */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as compile, type Plugin } from 'esbuild';
import { root } from './source-files.js';

/** Name of the environment variable with the folder of the compiled roles. */
const variable = 'TEST_COMPILED_ROLES';

const configs = readdirSync(join(root, 'test/harness'))
  .filter((name) => /config.*\.ts$/.test(name))
  .map((name) => `test/harness/${name}`);
const negativeControls = readdirSync(join(root, 'test/chaos/negative-controls')).map(
  (name) => `test/chaos/negative-controls/${name}`,
);
const entryPoints = [
  ...['api/main.ts', 'worker/main.ts', 'baton.config.ts', 'test/chaos/config.ts'],
  ...configs,
  ...negativeControls,
];

/** Modules find files beside them by their own URL, which stays that of the TypeScript. */
const sourceUrls: Plugin = {
  name: 'source-urls',
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const url = JSON.stringify(pathToFileURL(path).href);
      const contents = (await readFile(path, 'utf8')).replaceAll('import.meta.url', url);
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};

/** Compiles for the processes of this test run. @returns what removes the result */
export async function compileRoles(): Promise<() => Promise<void>> {
  await mkdir(join(root, '.baton'), { recursive: true });
  // In the repository, so that dependencies are found; a folder of its own for each test run.
  const outdir = await mkdtemp(join(root, '.baton/compiled-'));
  await compile({
    ...{ entryPoints, outdir, outbase: root, absWorkingDir: root, logLevel: 'warning' },
    ...{ bundle: true, splitting: true, packages: 'external', plugins: [sourceUrls] },
    ...{ format: 'esm', platform: 'node', target: 'node20' },
  });
  process.env[variable] = outdir;
  return () => rm(outdir, { recursive: true, force: true });
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param script from the repository's root, such as `worker/main.ts`
 * @returns Node's arguments, and the environment with the compiled configuration
 */
export function roleCommand<E extends Environment>(
  script: string,
  env: E,
): { readonly args: readonly string[]; readonly env: E } {
  const { BATON_CONFIG: config = 'baton.config.ts' } = env;
  const [compiledScript, compiledConfig] = [compiled(script), compiled(config)];
  const runsAsTypeScript = compiledConfig === undefined && config.endsWith('.ts');
  if (compiledScript === undefined || runsAsTypeScript) {
    return { args: ['--import', 'tsx', script], env };
  }
  return { args: [compiledScript], env: { ...env, BATON_CONFIG: compiledConfig ?? config } };
}

function compiled(path: string): string | undefined {
  const folder = process.env[variable];
  if (folder === undefined || !path.endsWith('.ts')) return undefined;
  const result = join(folder, path.replace(/\.ts$/, '.js'));
  return existsSync(result) ? result : undefined;
}
