/**
 * Temporal's development server as a process with its database in memory, for benches: on a disk the figures
 * would be those of the disk.
 */
import { Connection, WorkflowClient } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { freePort } from '../../local/free-ports.js';
import { reach } from '../../local/server-process.js';
import { localServerArguments } from '../../temporal/local-server.js';
import { Program, type Cleanup } from './program.js';

export type TemporalServer = {
  readonly address: string;
  readonly nativeConnection: NativeConnection;
  /** On a connection like that of the ingress. */
  readonly workflows: WorkflowClient;
  readonly pid: number;
};

export async function openServer(
  run: Cleanup & { readonly temporalProgram: string },
): Promise<TemporalServer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const { pid = NaN } = await Program.opened(run, {
    name: 'Temporal',
    command: run.temporalProgram,
    args: localServerArguments({ port }),
    ready: async () => (await reach(address, 'default')).close(),
  });
  const connection = await Connection.connect({ address });
  run.atTheEnd(() => connection.close());
  const nativeConnection = await NativeConnection.connect({ address });
  run.atTheEnd(() => nativeConnection.close());
  const workflows = new WorkflowClient({ connection, namespace: 'default' });
  return { address, nativeConnection, workflows, pid };
}
