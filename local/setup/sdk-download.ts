/**
 * The SDK's own download of a server: it happens when an environment is started without one. Given up
 * after three seconds where the download host cannot be reached.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { cachePath, isExecutable } from './cache.js';
import type { Say } from './command.js';

export type Download = {
  /** Folder of the cache, one a kind of server. */
  readonly name: string;
  readonly version: string;
  readonly start: (
    server: Parameters<typeof TestWorkflowEnvironment.createTimeSkipping>[0],
  ) => Promise<TestWorkflowEnvironment>;
};

/** Where the program is, or `undefined` when it cannot be had this way. */
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
