/** Temporal's development server as a process, for benches, and for tests that read what it logs or stores. */
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
  /** Everything that it has printed so far. */
  said(): string;
};

type ServerOptions = {
  /** Default: in memory; on a disk the figures of a bench would be those of the disk. */
  readonly databasePath?: string;
};

export async function openServer(
  run: Cleanup & { readonly temporalProgram: string },
  { databasePath }: ServerOptions = {},
): Promise<TemporalServer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const program = await Program.opened(run, {
    name: 'Temporal',
    command: run.temporalProgram,
    args: localServerArguments({ port, databasePath }),
    ready: async () => (await reach(address, 'default')).close(),
  });
  const connection = await Connection.connect({ address });
  run.atTheEnd(() => connection.close());
  const nativeConnection = await NativeConnection.connect({ address });
  run.atTheEnd(() => nativeConnection.close());
  const workflows = new WorkflowClient({ connection, namespace: 'default' });
  const { pid = NaN } = program;
  return { address, nativeConnection, workflows, pid, said: () => program.said() };
}
