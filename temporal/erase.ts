/**
 * Erasing workflows: their keys, so that nothing anybody has kept of them can be read, and then all their
 * runs.
 *
 * Between the two it waits until no process knows the keys any more: what began meanwhile with one of them
 * nobody could read. Repeatable, and it goes on where it has been broken off.
 */
import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { encryptionOf } from './encryption.js';
import type { TemporalSettings } from './settings.js';
import { quote } from './thread-search.js';

export type Erased = { readonly runs: number; readonly keys: number };

type From = Pick<TemporalSettings, 'namespace' | 'encryption'> & { readonly client: Client };

/** So many at once: the server has others to serve. */
const lanes = 8;
/** Named in one search. */
const portion = 50;

/** @param groups of workflow ids: those of a group one after the other */
export async function erase(from: From, groups: readonly (readonly string[])[]): Promise<Erased> {
  const keys = await destroyKeys(from, groups.flat());
  const known = await runsOf(from, groups.flat());
  const left = [...groups];
  let runs = 0;
  const work = async () => {
    for (let group = left.pop(); group; group = left.pop()) {
      for (const workflowId of group) {
        // Not `runs += await …`: that is read before it is waited, and all lanes add.
        const forgotten = await forget(from, workflowId, known.get(workflowId) ?? new Set());
        runs += forgotten;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return { runs, keys };
}

/** As far as searches know. */
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
  if (!encryption || workflowIds.length === 0) return 0;
  const { keys } = encryptionOf(encryption);
  const destroyed = await keys.destroy(workflowIds);
  if (destroyed > 0) await new Promise((resolve) => setTimeout(resolve, keys.life));
  return destroyed;
}

/** Deleting ends a run that still goes on. @returns how many runs there were */
async function forget(
  { client, namespace }: From,
  workflowId: string,
  runIds: Set<string>,
): Promise<number> {
  const { workflow, workflowService } = client;
  const remove = (runId: string) =>
    workflowService
      .deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } })
      .catch(unlessForgotten);
  for (const runId of runIds) await remove(runId);
  // What began just now searches may not know yet, nor what a run carried itself on as meanwhile.
  for (let tries = 0; tries < 5; tries += 1) {
    const current = await workflow.getHandle(workflowId).describe().catch(unlessThere);
    if (!current || runIds.has(current.runId)) break;
    runIds.add(current.runId);
    await remove(current.runId);
  }
  return runIds.size;
}

/** Searches may still know a run that has been erased before. */
function unlessForgotten(error: unknown): void {
  const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
  if (code !== notFound) throw error;
}

/** Of gRPC. */
const notFound = 5;

function unlessThere(error: unknown): undefined {
  if (error instanceof WorkflowNotFoundError) return undefined;
  throw error;
}
