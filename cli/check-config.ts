/** `baton check-config [FILE]`: validates the file and describes its meaning in plain words. */
import type { Command } from 'commander';
import { configInWords } from '../settings/describe-config.js';
import { loadConfig } from '../settings/load-config.js';
import { SettingsError } from '../settings/settings-error.js';
import { CliError } from './cli-error.js';
import { print } from './print.js';

export function addCheckConfig(program: Command): void {
  program
    .command('check-config [file]')
    .description('is baton.config.ts right, and what does it mean?')
    .option('--json', 'for programs')
    .action(async (file: string | undefined, { json }: { readonly json?: boolean }) => {
      const path = file ?? process.env['BATON_CONFIG'] ?? 'baton.config.ts';
      try {
        const sentences = configInWords(await loadConfig(path));
        print(json, { path, sentences }, () => sentences.join('\n'));
      } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        throw new CliError(`${path}: ${error.message}`);
      }
    });
}
