/**
 * The SDK's own download of a server, which starting an environment triggers. Gives up after three seconds
 * if the download host is not reachable.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { cachePath, isExecutable } from './cache.js';
import type { Say } from './command.js';

export type Download = {
  /** Folder in the cache, one per kind of server. */
  readonly name: string;
  readonly version: string;
  readonly start: (
    server: Parameters<typeof TestWorkflowEnvironment.createTimeSkipping>[0],
  ) => Promise<TestWorkflowEnvironment>;
};

/** Path of the program, or `undefined` when the download is not possible. */
export async function sdkDownload(kind: Download, say: Say): Promise<string | undefined> {
  const folder = cachePath('downloads', kind.name);
  await mkdir(folder, { recursive: true });
  const earlier = await programIn(folder);
  if (earlier) {
    say(`${kind.name}: the SDK’s earlier download`);
    return earlier;
  }
  const probe = { method: 'HEAD', signal: AbortSignal.timeout(3_000) };
  const answers = await fetch('https://temporal.download', probe).catch(() => undefined);
  if (!answers) return undefined;
  say(`${kind.name}: downloading through the SDK`);
  const { version } = kind;
  const executable = { type: 'cached-download', downloadDir: folder, version } as const;
  const environment = await kind.start({ server: { executable } }).catch(() => undefined);
  await environment?.teardown();
  return programIn(folder);
}

async function programIn(folder: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}
