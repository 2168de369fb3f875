/**
 * Temporal's development server with its state in a file: it can be killed and continues from there. It
 * runs in real time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection, WorkflowClient } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { localServerArguments } from '../temporal/local-server.js';
import type { Server } from './server.js';
import { startServerProcess } from './server-process.js';

const namespace = 'default';

/** @param more further arguments of the server */
export async function startRestartableServer(
  program: string,
  more: readonly string[] = [],
): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-scenario-'));
  const databasePath = join(folder, 'temporal.db');
  const args = (port: number) => [...localServerArguments({ port, databasePath }), ...more];
  const start = (port?: number) => startServerProcess(program, args, { port, namespace });
  let server = await start();
  const { address, port } = server;
  // A page of a history may be larger than the 4 MB that gRPC takes by default.
  const channelArgs = { 'grpc.max_receive_message_length': 64 * 1024 * 1024 };
  const connection = await Connection.connect({ address, channelArgs });
  const nativeConnection = await NativeConnection.connect({ address });
  return {
    address,
    nativeConnection,
    connection,
    namespace,
    workflows: new WorkflowClient({ connection, namespace }),
    skipsTime: false,
    now: () => Promise.resolve(Date.now()),
    sleepUntil: (time) => pause(Math.max(time - Date.now(), 0)),
    async restart() {
      await server.kill();
      server = await start(port);
    },
    async stop() {
      await nativeConnection.close();
      await connection.close();
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
