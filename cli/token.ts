/** `baton token NAME`: creates a token, shown once, and its line for `baton.config.ts`. */
import { createHash, randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { roles } from '../settings/operators.js';
import { CliError } from './cli-error.js';

type Options = { readonly role: string; readonly source?: readonly string[] };

export function addToken(program: Command): void {
  program
    .command('token <name>')
    .description('create an operator token, and print its entry for baton.config.ts')
    .option('--role <role>', roles.join(', '), 'operator')
    .option('--source <name...>', 'only these sources')
    .action((name: string, { role, source }: Options) => {
      if (!(roles as readonly string[]).includes(role)) {
        throw new CliError(`--role: expected one of ${roles.join(', ')}`);
      }
      const token = `baton_${randomBytes(24).toString('base64url')}`;
      const tokenSha256 = createHash('sha256').update(token).digest('hex');
      const sources = source ? `, sources: ${JSON.stringify(source)}` : '';
      console.log(`the token, for ${name} alone; it is not kept anywhere:\n\n  ${token}\n`);
      console.log('in baton.config.ts, under `operators: { … }`; then start the ingresses anew:\n');
      const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
      console.log(`  ${key}: { role: '${role}'${sources}, tokenSha256: '${tokenSha256}' },`);
    });
}
