/**
 * One development server for a whole test run, with a namespace for each environment that asks for one.
 * Starting a server costs a second of CPU; a namespace registered at its start costs almost nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim } from '../../local/claim.js';
import { startServerProcess } from '../../local/server-process.js';
import { localServerArguments } from '../../temporal/local-server.js';

/** More than all test files together ask for. */
const count = 140;
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
  const namespaces = Array.from({ length: count }, (_, number) => ['--namespace', nameOf(number)]);
  const args = (port: number) => [...localServerArguments({ port }), ...namespaces.flat()];
  const namespace = nameOf(count - 1);
  const { address, kill } = await startServerProcess(program, args, { namespace });
  const claims = mkdtempSync(join(tmpdir(), 'baton-namespaces-'));
  return {
    address,
    claims,
    async stop() {
      await kill();
      rmSync(claims, { recursive: true, force: true });
    },
  };
}

/** A namespace that nobody else of this run has. @throws when all are taken */
export async function claimNamespace({ claims }: SharedTemporal): Promise<string> {
  for (let number = 0; number < count; number += 1) {
    if (await claim(join(claims, `${number}`))) return nameOf(number);
  }
  throw new Error(`all ${count} namespaces of the shared server are taken`);
}
