/**
 * `npx baton …`: operator commands, by the same API as the console, and local checks. Exits with 0 on
 * success, 1 on an error or refusal, 2 on wrong usage.
 */
import { Command, CommanderError } from 'commander';
import { addCheckConfig } from './check-config.js';
import { addDoctor, addScenario } from './delegated.js';
import { addEmergency } from './emergency.js';
import { CliError } from './cli-error.js';
import { addShow, addThreads, addWhy } from './threads.js';
import { addRepair } from './repair.js';
import { addSteering } from './steer.js';
import { addToken } from './token.js';

const environment = `
Environment:
  BATON_URL    where the ingress is (http://127.0.0.1:8080)
  BATON_TOKEN  an operator's token; without it the development's own, made up by npm start`;

const program = new Command('baton')
  .description('See and steer the threads of Baton.')
  .addHelpText('after', environment)
  .exitOverride()
  .showHelpAfterError('(see baton --help)');

for (const add of [
  ...[addThreads, addShow, addWhy, addSteering, addRepair, addEmergency],
  ...[addDoctor, addScenario, addCheckConfig, addToken],
]) {
  add(program);
}

try {
  await program.parseAsync(process.argv.slice(2), { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof CliError) {
    console.error(`baton: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
