/**
 * `baton take-over`, `return-to-bot`, `close`, `pause-bot`, `ask-handover`: commands to one thread, with a
 * reason.
 */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { ThreadView } from '../api/operator/answers.js';
import { Ingress } from './ingress.js';
import { print } from './print.js';
import { formatThreadPath } from './threads.js';

const commands = {
  'take-over': 'the bot is silent from now on',
  'return-to-bot': 'the bot has the thread again',
  close: 'end the conversation',
  'pause-bot': 'the bot is silent for a while; contents wait for it',
  'ask-handover': 'request a handover',
} as const;

type Said = { readonly why: string; readonly for?: string; readonly json?: boolean };

export function addSteering(program: Command): void {
  for (const [name, does] of Object.entries(commands)) {
    const command = program
      .command(`${name} <thread>`)
      .description(does)
      .requiredOption('--why <reason>', 'for the thread’s history')
      .option('--json', 'for programs');
    if (name === 'pause-bot')
      command.requiredOption('--for <time>', 'such as 15m; 0s ends a pause');
    command.action(async (id: string, { json, ...said }: Said) => {
      const key = { 'idempotency-key': randomUUID() };
      const path = `${formatThreadPath(id)}/${name}`;
      const { thread } = await new Ingress().post<{ thread: ThreadView }>(path, said, key);
      print(json, thread, () => thread.why);
    });
  }
}
