/**
 * Temporal's development server with its state in a file: it can be killed and continues where it was.
 * Its time is ours.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, WorkflowClient } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { localServerArguments } from '../temporal/local-server.js';
import type { Server } from './server.js';

const patience = 30_000;
const pause = (time: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, Math.max(time, 0)));

/** @param more arguments of the server's, besides ours */
export async function startRestartableServer(
  program: string,
  more: readonly string[] = [],
): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-scenario-'));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const databasePath = join(folder, 'temporal.db');
  const args = [...localServerArguments({ port, databasePath }), ...more];
  const start = () => spawn(program, args, { stdio: 'ignore' });
  let child = start();
  const connection = await reach(address);
  const nativeConnection = await NativeConnection.connect({ address });
  return {
    address,
    nativeConnection,
    namespace: 'default',
    workflows: new WorkflowClient({ connection, namespace: 'default' }),
    skipsTime: false,
    now: () => Promise.resolve(Date.now()),
    sleepUntil: (time) => pause(time - Date.now()),
    async restart() {
      await kill(child);
      child = start();
      await (await reach(address)).close();
    },
    async stop() {
      await nativeConnection.close();
      await connection.close();
      await kill(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As a power cut would. */
async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Waits until a server that was started listens and serves. */
export async function reach(address: string, namespace = 'default'): Promise<Connection> {
  const until = Date.now() + patience;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      await connection.workflowService.describeNamespace({ namespace });
      return connection;
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(100);
    }
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
