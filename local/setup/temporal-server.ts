/**
 * Finds a Temporal server for development and tests, in this order: the one at `TEMPORAL_ADDRESS`,
 * `temporal` on PATH, Baton's cache, the SDK's download (given up quickly without a network), a build by
 * Go from its module. Prints the one it took.
 */
import { dirname } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { StartError } from '../../runtime/start-error.js';
import { cachePath, fillCache, isExecutable } from './cache.js';
import { onPath, runTool, type Say } from './command.js';
import { sdkDownload } from './sdk-download.js';

/** This version's module has no `replace` lines, so Go can install it by name. Server 1.29.1. */
const version = 'v1.5.1';
const modulePath = `github.com/temporalio/cli/cmd/temporal@${version}`;

export type TemporalServer =
  | { readonly is: 'running'; readonly address: string }
  | { readonly is: 'program'; readonly path: string };

export async function findTemporalServer(say: Say): Promise<TemporalServer> {
  const address = process.env['TEMPORAL_ADDRESS'];
  if (address) {
    say(`Temporal: the server at ${address} (TEMPORAL_ADDRESS)`);
    return { is: 'running', address };
  }
  return { is: 'program', path: await findTemporalProgram(say) };
}

export async function findTemporalProgram(say: Say): Promise<string> {
  const installed = onPath('temporal');
  if (installed) {
    say('Temporal: the program on PATH');
    return installed;
  }
  const cached = cachePath(`temporal-${version}`, 'temporal');
  if (await isExecutable(cached)) {
    say('Temporal: from Baton’s cache');
    return cached;
  }
  const start = TestWorkflowEnvironment.createLocal.bind(TestWorkflowEnvironment);
  const downloaded = await sdkDownload({ name: 'Temporal', version, start }, say);
  if (downloaded) return downloaded;
  if (!onPath('go')) throw new StartError(notFound);
  await build(say, cached);
  return cached;
}

const notFound = `No Temporal server found. One of these is needed:
  1. TEMPORAL_ADDRESS set to a running server
  2. the program temporal on PATH (Temporal CLI 1.5 or newer)
  3. the same program in Baton's cache: ${cachePath(`temporal-${version}`)}
  4. a network that reaches temporal.download, for the SDK's download
  5. Go on PATH, to build it from ${modulePath}`;

async function build(say: Say, program: string): Promise<void> {
  say('Temporal: building it with Go, once: about five minutes on two cores');
  await fillCache(dirname(program), (GOBIN) =>
    runTool('go', ['install', '-v', modulePath], {
      env: { ...process.env, GOBIN },
      progress: (lines, seconds) => say(`Temporal: ${lines} packages, ${seconds} s`),
    }),
  );
}
