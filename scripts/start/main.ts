/**
 * Starts everything, plays one short conversation, says where to look, and stays until Ctrl-C. With
 * `ENGAGE_URL` and a token set there is no simulator and no play: the real platform is spoken to.
 */
import { Client, Connection } from '@temporalio/client';
import { developmentSecretsPath } from '../../settings/development.js';
import { SettingsError } from '../../settings/settings-error.js';
import { domainId } from '../../simulator/seed.js';
import { openDoors } from '../../simulator/door-client.js';
import { threadWorkflowId } from '../../workflows/contract.js';
import { findTemporalServer, type TemporalServer } from '../setup/temporal-server.js';
import { playDemonstration } from './demonstration.js';
import { House } from './house.js';

const say = (line: string) => console.log(line);
const asked = new Promise<'asked'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('asked'));
});

let status = 0;
let house: House | undefined;
try {
  house = new House();
  const outcome = await Promise.race([run(house), asked]);
  if (outcome !== 'asked') throw new Error(outcome);
} catch (error) {
  const isPlain = error instanceof SettingsError;
  console.error(isPlain ? `npm start: ${error.message}` : error);
  status = 1;
}
say('\nEnding:');
await house?.end(say);
process.exit(status);

/** Ends only when something has broken, with what. */
async function run(of: House): Promise<string> {
  say('Set-up');
  const server = await findTemporalServer((line) => say(`  ${line}`));
  await of.checkPorts(server);
  say('Starting');
  await start(of, 'Temporal', () => of.startTemporal(server));
  if (!of.isReal) await start(of, 'simulator', () => of.start('simulator'));
  await start(of, 'ingress', () => of.start('api'));
  await start(of, 'worker', () => of.start('worker'));
  const thread = of.isReal ? undefined : await play(of);
  tellWhereToLook(of, server, thread);
  return of.untilBroken();
}

async function start(of: House, name: string, begin: () => Promise<void>): Promise<void> {
  if (of.isEnding) return new Promise(() => undefined);
  await begin();
  say(`  ${name} runs`);
}

async function play(of: House): Promise<string> {
  say('\nA conversation');
  const { connection: options, namespace } = of.temporal();
  const connection = await Connection.connect(options);
  const { workflow } = new Client({ connection, namespace });
  try {
    return await playDemonstration({
      doors: openDoors(`http://127.0.0.1:${of.ports.BATON_SIMULATOR_PORT}`),
      domainId,
      threadOf: (threadId) => workflow.getHandle(threadWorkflowId(domainId, threadId)),
      restartWorker: () => of.restartWorker(),
      isOver: () => of.isEnding,
    });
  } finally {
    await connection.close();
  }
}

function tellWhereToLook(of: House, server: TemporalServer, thread?: string): void {
  const { BATON_API_PORT, BATON_SIMULATOR_PORT, BATON_TEMPORAL_UI_PORT } = of.ports;
  const { namespace, connection } = of.temporal();
  const ui = `http://127.0.0.1:${BATON_TEMPORAL_UI_PORT}/namespaces/${namespace}/workflows`;
  const path =
    thread === undefined ? '' : `/${encodeURIComponent(threadWorkflowId(domainId, thread))}`;
  say('\nBaton is up. Ctrl-C ends it; the next `npm start` continues.');
  say(`  ingress      http://127.0.0.1:${BATON_API_PORT}/webhooks/engage`);
  if (!of.isReal) say(`  simulator    http://127.0.0.1:${BATON_SIMULATOR_PORT}/`);
  if (server.is === 'program') say(`  Temporal UI  ${ui}${path}`);
  if (thread !== undefined) {
    const id = threadWorkflowId(domainId, thread);
    say(
      `\n  phase   temporal workflow query --address ${connection.address} --type phase -w ${id}`,
    );
    say(
      `  write   curl -s http://127.0.0.1:${BATON_SIMULATOR_PORT}/cast/customer -H 'content-type: application/json' \\\n` +
        `            -d '{"source":"chat","identity":"ana","body":"hello"}'`,
    );
  }
  say(`  logs    .baton/logs/${of.isReal ? '' : `   secrets  ${developmentSecretsPath}`}`);
}
