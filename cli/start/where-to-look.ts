/** The closing text of `npm start`: the address of each part, and commands to try next. */
import { homedir } from 'node:os';
import { nameHere } from '../who.js';
import { developmentSecrets, developmentSecretsPath } from '../../settings/development.js';
import { domainId } from '../../simulator/seed.js';
import { threadWorkflowId } from '../../workflows/contract/index.js';
import { onPath } from '../../local/setup/command.js';
import type { TemporalServer } from '../../local/setup/temporal-server.js';
import type { Stack } from './processes.js';

/** @param thread the thread of the demonstration; none with a real platform */
export function whereToLook(stack: Stack, server: TemporalServer, thread?: string): string[] {
  const { BATON_API_PORT, BATON_SIMULATOR_PORT, BATON_TEMPORAL_UI_PORT } = stack.ports;
  const { namespace, connection } = stack.temporal();
  const id = thread === undefined ? undefined : threadWorkflowId(domainId, thread);
  const workflows = `http://127.0.0.1:${BATON_TEMPORAL_UI_PORT}/namespaces/${namespace}/workflows`;
  const ui = id === undefined ? workflows : `${workflows}/${encodeURIComponent(id)}`;
  const simulator = `http://127.0.0.1:${BATON_SIMULATOR_PORT}`;
  const lines = [`  ingress      http://127.0.0.1:${BATON_API_PORT}/webhooks/engage`];
  if (!stack.isReal) {
    const page = `  simulator    ${simulator}/  write as the customer and the agent, watch the phases of the thread`;
    lines.unshift(page);
    lines.splice(1, 0, `  console      ${consoleLink(BATON_API_PORT)}`);
  }
  if (server.is === 'program') lines.push(`  Temporal UI  ${ui}`);
  if (id !== undefined) {
    const query = `workflow query --address ${connection.address} --namespace ${namespace}`;
    lines.push(
      '',
      `  phase   ${programOf(server)} ${query} --type phase -w ${id}`,
      `  write   curl -s ${simulator}/cast/customer -H 'content-type: application/json' \\`,
      `            -d '{"source":"chat","identity":"ana","body":"hello"}'`,
    );
  }
  lines.push(
    `  logs    .baton/logs/${stack.isReal ? '' : `   secrets  ${developmentSecretsPath}`}`,
  );
  return lines;
}

/** Contains the development token, for a log-in with one click; on this machine only. */
function consoleLink(port: number): string {
  const { BATON_OPERATOR_TOKEN: token } = { ...developmentSecrets(), ...process.env };
  return `http://127.0.0.1:${port}/console/#token=${token}&name=${encodeURIComponent(nameHere(process.env) ?? 'operator')}`;
}

/** The full path if `temporal` is not on PATH. */
function programOf(server: TemporalServer): string {
  if (server.is === 'running' || onPath('temporal') === server.path) return 'temporal';
  const { path } = server;
  const home = `${homedir()}/`;
  return path.startsWith(home) ? `~/${path.slice(home.length)}` : path;
}
