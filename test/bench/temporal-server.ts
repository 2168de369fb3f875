/**
 * Temporal's development server for a bench: a process of its own, with its database in memory, because
 * on disk the figures would be the disk's.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { WorkflowClient } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { reach } from '../../local/server-process.js';
import { freePort } from '../../local/free-ports.js';
import { localServerArguments } from '../../temporal/local-server.js';
import type { Stage } from './bench.js';

export type TemporalServer = {
  readonly address: string;
  readonly nativeConnection: NativeConnection;
  /** On a connection of the kind the ingress has. */
  readonly workflows: WorkflowClient;
  readonly pid: number;
};

export async function openServer(stage: Stage): Promise<TemporalServer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const child = spawn(stage.temporalProgram, localServerArguments({ port }), { stdio: 'ignore' });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  stage.atTheEnd(async () => {
    const ended = once(child, 'exit');
    if (child.exitCode === null && kill()) await ended;
    process.removeListener('exit', kill);
  });
  const connection = await reach(address, 'default');
  stage.atTheEnd(() => connection.close());
  const nativeConnection = await NativeConnection.connect({ address });
  stage.atTheEnd(() => nativeConnection.close());
  const workflows = new WorkflowClient({ connection, namespace: 'default' });
  return { address, nativeConnection, workflows, pid: child.pid ?? NaN };
}
