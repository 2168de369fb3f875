/**
 * `baton take-over`, `return-to-bot`, `answer-again`, `close`, `pause-bot`, `ask-handover`: commands to one
 * thread, or to all threads of a filter, with a reason.
 */
import type { Command } from 'commander';
import { Ingress } from './ingress.js';
import { print } from './print.js';
import { addFilter, isFiltered, steerMany, steerOne, type Many } from './steer-many.js';
import { CliError } from './cli-error.js';

const commands = {
  'take-over': 'the bot is silent from now on',
  'return-to-bot': 'the bot has the thread again',
  'answer-again': 'the bot is asked again for what the customer has no answer to',
  close: 'end the conversation',
  'pause-bot': 'the bot is silent for a while; contents wait for it',
  'ask-handover': 'request a handover',
} as const;

type Options = Many & { readonly why: string; readonly for?: string };

export function addSteering(program: Command): void {
  for (const [name, does] of Object.entries(commands)) {
    const command = program
      .command(`${name} [thread]`)
      .description(does)
      .requiredOption('--why <reason>', 'for the thread’s history')
      .option('--json', 'for programs');
    if (name === 'pause-bot')
      command.requiredOption('--for <time>', 'such as 15m; 0s ends a pause');
    addFilter(command).action(async (id: string | undefined, options: Options) => {
      const body = { why: options.why, ...(options.for !== undefined && { for: options.for }) };
      if ((id === undefined) !== isFiltered(options)) {
        throw new CliError(`${name}: expected a thread, or a filter such as --phase`);
      }
      const ingress = new Ingress();
      if (id === undefined) return steerMany(ingress, name, body, options);
      const thread = await steerOne(ingress, name, id, body);
      print(options.json, thread, () => thread.why);
    });
  }
}
