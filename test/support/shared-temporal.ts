/**
 * One development server for a whole test run, with a namespace for each environment that asks for one.
 * Starting a server costs a second of CPU; a namespace registered at its start costs almost nothing.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { freePort, reach } from '../../scenario/restartable-server.js';
import { localServerArguments } from '../../temporal/local-server.js';

/** More than all test files together ask for. */
const count = 200;
const nameOf = (number: number) => `test-${number}`;

/** What every test process is told of the server. */
export type SharedTemporal = {
  readonly address: string;
  /** A folder with one subfolder for each namespace in use. */
  readonly claims: string;
};

export async function startSharedTemporal(
  program: string,
): Promise<SharedTemporal & { stop(): Promise<void> }> {
  const port = await freePort();
  const namespaces = Array.from({ length: count }, (_, number) => ['--namespace', nameOf(number)]);
  const child = spawn(program, [...localServerArguments({ port }), ...namespaces.flat()], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = `127.0.0.1:${port}`;
  await (await reach(address, nameOf(count - 1))).close();
  const claims = mkdtempSync(join(tmpdir(), 'baton-namespaces-'));
  return {
    address,
    claims,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(claims, { recursive: true, force: true });
    },
  };
}

/** A namespace that nobody else of this run has. @throws when all are taken */
export function claimNamespace({ claims }: SharedTemporal): string {
  for (let number = 0; number < count; number += 1) {
    if (isClaimed(join(claims, `${number}`))) return nameOf(number);
  }
  throw new Error(`all ${count} namespaces of the shared server are taken`);
}

/** Making a folder is atomic: of two processes one succeeds. */
function isClaimed(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
