/**
 * Runs Temporal's servers as child processes. The SDK gives a server only five seconds to listen, which is
 * too short on a busy machine.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { freePort } from './free-ports.js';

/** Milliseconds; only a broken server takes so long. */
const timeout = 120_000;
/** GOGC: heap growth in percent between garbage collections of a Go server; the default is 100. */
const rareCollection = '400';

export type ServerProcess = {
  readonly port: number;
  readonly address: string;
  /** Sends SIGKILL. */
  readonly kill: () => Promise<void>;
};

export type ServerOptions = {
  /** Default: a free port. */
  readonly port?: number | undefined;
  /** Ready when it knows this namespace; without one, when it accepts connections. */
  readonly namespace?: string;
};

/**
 * Resolves when the server is ready.
 *
 * @param args returns the arguments for its port
 *
 * @throws when it ends before
 */
export async function startServerProcess(
  program: string,
  args: (port: number) => readonly string[],
  { port: wanted, namespace }: ServerOptions = {},
): Promise<ServerProcess> {
  const port = wanted ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  const env = { GOGC: rareCollection, ...process.env };
  const child = spawn(program, args(port), { stdio: 'ignore', env });
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isOver = true;
      resolve();
    };
    child.once('error', end).once('exit', end);
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await (await reach(address, namespace, () => isOver)).close();
  } catch (error) {
    await kill();
    throw error;
  }
  return { port, address, kill };
}

/** Waits until a server is ready. @throws when it has ended, or after two minutes */
export async function reach(
  address: string,
  namespace?: string,
  isOver: () => boolean = () => false,
): Promise<Connection> {
  const until = Date.now() + timeout;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      if (namespace !== undefined)
        await connection.workflowService.describeNamespace({ namespace });
      return connection;
    } catch (error) {
      if (isOver() || Date.now() > until) throw error;
      await pause(50);
    }
  }
}

/** The SDK's environment for a time-skipping server. Its `teardown` stops the server. */
export async function startTimeSkipping(program: string): Promise<TestWorkflowEnvironment> {
  const server = await startServerProcess(program, (port) => [`${port}`]);
  const folder = await mkdtemp(join(tmpdir(), 'baton-time-skipping-'));
  // The SDK offers time skipping only with a program that it starts itself: it gets one that does nothing.
  const path = join(folder, 'idle');
  await writeFile(path, '#!/bin/sh\nexec sleep 2147483647\n', { mode: 0o755 });
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path }, port: server.port },
  });
  return endingWith(environment, async () => {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });
}

/** The same environment with an additional teardown step. */
export function endingWith(
  environment: TestWorkflowEnvironment,
  more: () => Promise<void>,
): TestWorkflowEnvironment {
  const teardown = environment.teardown.bind(environment);
  return Object.assign(environment, {
    async teardown() {
      await teardown();
      await more();
    },
  });
}
