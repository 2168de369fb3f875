/**
 * Erases workflows: terminates their runs, so that they write no more; destroys their keys, so that every
 * copy becomes unreadable; then deletes all runs.
 *
 * Between the last two steps it waits until no process has the keys cached: a run that starts meanwhile
 * with such a key could not be read later. A run that starts during the erasure is erased too, with its
 * new key. Idempotent, and an interrupted erasure can be repeated.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { getEncryption } from './encryption/data-converter.js';
import type { TemporalSettings } from './settings.js';
import { quote } from './thread-search.js';
import { unlessThere } from './unless-there.js';

export type Erased = { readonly runs: number; readonly keys: number };

type From = Pick<TemporalSettings, 'namespace' | 'encryption'> & { readonly client: Client };
type Groups = readonly (readonly string[])[];

/** Concurrency, bounded to limit the load on the server. */
const lanes = 8;
/** Workflow ids per search. */
const portion = 50;
/** Milliseconds after which payloads encrypted with an expired key have reached Temporal, or never will. */
const underWay = 3_000;
/** Rounds, for a customer who keeps writing: the latest contents then stay, and stay readable. */
const rounds = 3;

/** @param groups of workflow ids: those within a group one after the other */
export async function erase(from: From, groups: Groups): Promise<Erased> {
  const workflowIds = groups.flat();
  if (workflowIds.length === 0) return { runs: 0, keys: 0 };
  const forgotten = new Map<string, Set<string>>();
  let keys = 0;
  await each(groups, (workflowId) => end(from, workflowId));
  for (let round = 1; round <= rounds; round += 1) {
    const destroyed = await destroyKeys(from, workflowIds);
    if (round > 1 && destroyed === 0) break;
    keys += destroyed;
    // Also when no run was left: an interrupted call before this one has not waited.
    await waitForKeyCaches(from);
    const known = await runsOf(from, workflowIds);
    await each(groups, async (workflowId) => {
      const before = forgotten.get(workflowId) ?? new Set();
      forgotten.set(workflowId, before);
      await forget(from, workflowId, { before, known: known.get(workflowId) ?? new Set() });
    });
  }
  return { runs: [...forgotten.values()].reduce((sum, { size }) => sum + size, 0), keys };
}

async function each(groups: Groups, act: (workflowId: string) => Promise<void>): Promise<void> {
  const left = [...groups];
  const work = async () => {
    for (let group = left.pop(); group; group = left.pop()) {
      for (const workflowId of group) await act(workflowId);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
}

/** Without encryption deletion is sufficient and faster: a terminated run stays for half a minute. */
async function end({ client, encryption }: From, workflowId: string): Promise<void> {
  if (!encryption) return;
  await client.workflow.getHandle(workflowId).terminate(erasedBecause).catch(unlessThere);
}

/** Why a run was terminated: a thread that is erased is not rebuilt. */
export const erasedBecause = 'erased';

/** According to searches. */
async function runsOf({ client }: From, workflowIds: readonly string[]) {
  const known = new Map<string, Set<string>>();
  for (let at = 0; at < workflowIds.length; at += portion) {
    const ids = workflowIds.slice(at, at + portion).map(quote);
    const query = `WorkflowId IN (${ids.join(', ')})`;
    for await (const { workflowId, runId } of client.workflow.list({ query })) {
      known.set(workflowId, (known.get(workflowId) ?? new Set()).add(runId));
    }
  }
  return known;
}

async function destroyKeys({ encryption }: From, workflowIds: readonly string[]): Promise<number> {
  return encryption ? getEncryption(encryption).keys.destroy(workflowIds) : 0;
}

async function waitForKeyCaches({ encryption }: From): Promise<void> {
  if (!encryption) return;
  const { life } = getEncryption(encryption).keys;
  await pause(life + underWay);
}

type Runs = { readonly before: Set<string>; readonly known: ReadonlySet<string> };

/** Deletion also ends a running run. Adds each run to those seen before. */
async function forget(
  { client, namespace }: From,
  workflowId: string,
  { before, known }: Runs,
): Promise<void> {
  const { workflow, workflowService } = client;
  const remove = async (runId: string) => {
    await workflowService
      .deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } })
      .catch(unlessForgotten);
    before.add(runId);
  };
  for (const runId of known) if (!before.has(runId)) await remove(runId);
  // Searches may not know yet of a new run, nor of one that continued as new meanwhile.
  for (let tries = 0; tries < 5; tries += 1) {
    const current = await workflow.getHandle(workflowId).describe().catch(unlessThere);
    if (!current || before.has(current.runId)) break;
    await remove(current.runId);
  }
}

/** Searches may still return a run that is already deleted. */
function unlessForgotten(error: unknown): void {
  const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
  if (code !== notFound) throw error;
}

/** The gRPC status code. */
const notFound = 5;
