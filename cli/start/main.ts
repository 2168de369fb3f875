/**
 * `npm start`: starts the stack, runs one short conversation, prints where to look, and stays until
 * Ctrl-C. With `ENGAGE_URL` and a token it connects to the real platform, without simulator and
 * demonstration.
 */
import { Connection } from '@temporalio/client';
import { StartError } from '../../runtime/start-error.js';
import { SettingsError } from '../../settings/settings-error.js';
import { domainId } from '../../simulator/seed.js';
import { connectControl } from '../../simulator/control-client.js';
import { clientAt } from '../../temporal/client.js';
import { threadWorkflowId } from '../../workflows/contract/index.js';
import { ToolFailed } from '../../local/setup/command.js';
import { findTemporalServer } from '../../local/setup/temporal-server.js';
import { checkSettings } from './check-settings.js';
import { playDemonstration } from './demonstration.js';
import { Stack } from './processes.js';
import { whereToLook } from './where-to-look.js';

const say = (line: string) => console.log(line);
const asked = new Promise<'asked'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('asked'));
});

let status = 0;
let stack: Stack | undefined;
try {
  await checkSettings(process.env);
  stack = new Stack();
  const outcome = await Promise.race([run(stack), stack.broken, asked]);
  if (outcome !== 'asked') throw new StartError(outcome);
} catch (error) {
  const plain = [SettingsError, StartError, ToolFailed];
  const isPlain = error instanceof Error && plain.some((kind) => error instanceof kind);
  console.error(isPlain ? `npm start: ${error.message}` : error);
  status = 1;
}
await stack?.end(say);
process.exit(status);

/** Resolves with a description when something has failed. */
async function run(of: Stack): Promise<string> {
  say('Set-up');
  const server = await findTemporalServer((line) => say(`  ${line}`));
  await of.checkPorts(server);
  say('Starting');
  await start(of, 'Temporal', () => of.startTemporal(server));
  if (!of.isReal) await start(of, 'simulator', () => of.start('simulator'));
  await start(of, 'ingress', () => of.start('api'));
  await start(of, 'worker', () => of.start('worker'));
  const thread = of.isReal ? undefined : await play(of);
  say('\nBaton is up. Ctrl-C ends it; the next `npm start` continues.');
  for (const line of whereToLook(of, server, thread)) say(line);
  return of.broken;
}

async function start(of: Stack, name: string, begin: () => Promise<void>): Promise<void> {
  if (of.isEnding) return new Promise(() => undefined);
  await begin();
  say(`  ${name} runs`);
}

async function play(of: Stack): Promise<string> {
  say('\nA conversation');
  const temporal = of.temporal();
  const connection = await Connection.connect(temporal.connection);
  const { workflow } = clientAt({ ...temporal, connection });
  try {
    return await playDemonstration({
      control: connectControl(`http://127.0.0.1:${of.ports.BATON_SIMULATOR_PORT}`),
      domainId,
      threadOf: (threadId) => workflow.getHandle(threadWorkflowId(domainId, threadId)),
      restartWorker: () => of.restartWorker(),
      isOver: () => of.isEnding,
    });
  } finally {
    await connection.close();
  }
}
