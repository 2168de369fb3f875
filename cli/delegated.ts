/** `baton doctor` and `baton scenario`: run the programs of `npm run doctor` and `npm run scenario`. */
import type { Command } from 'commander';
import { CliError } from './cli-error.js';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('is the account set up as Baton needs it?')
    .option('--json', 'for programs')
    .action(async ({ json }: { readonly json?: boolean }) => {
      await run('doctor', json ? ['--json'] : [], () => import('./doctor/main.js'));
    });
}

export function addScenario(program: Command): void {
  program
    .command('scenario <files...>')
    .description('run written conversations and report the differences')
    .option('--json', 'for programs')
    .action(async (files: readonly string[], { json }: { readonly json?: boolean }) => {
      const args = [...(json ? ['--json'] : []), ...files];
      await run('scenario', args, loadScenario);
    });
}

/** The image holds neither the scenario player nor the simulator. */
async function loadScenario(): Promise<unknown> {
  const isMissing = (error: unknown) =>
    error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  return import('./scenario/main.js').catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    throw new CliError('scenarios are played in the repository; the image has no simulator');
  });
}

async function run(name: string, args: readonly string[], load: () => Promise<unknown>) {
  process.argv = [process.argv[0] ?? 'node', name, ...args];
  await load();
}
