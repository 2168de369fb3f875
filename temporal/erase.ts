/**
 * Erasing workflows: their runs are ended, so that they write no more; then their keys are destroyed, so that
 * nothing anybody has kept of them can be read; then all their runs are deleted.
 *
 * Between the last two it waits until no process knows the keys any more: what began meanwhile with one of
 * them nobody could read. Who comes while it goes on is erased too, with the key made for that. Repeatable,
 * and it goes on where it has been broken off.
 */
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { encryptionOf } from './encryption/data-converter.js';
import type { TemporalSettings } from './settings.js';
import { quote } from './thread-search.js';
import { unlessThere } from './unless-there.js';

export type Erased = { readonly runs: number; readonly keys: number };

type From = Pick<TemporalSettings, 'namespace' | 'encryption'> & { readonly client: Client };
type Groups = readonly (readonly string[])[];

/** So many at once: the server has others to serve. */
const lanes = 8;
/** Named in one search. */
const portion = 50;
/** What was encrypted with a key just before it was forgotten is with Temporal by then, or never. */
const underWay = 3_000;
/** Of somebody who does not cease to write what came last is not erased, but readable. */
const rounds = 3;

/** @param groups of workflow ids: those of a group one after the other */
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
    // Also where none was left: whoever was broken off has not waited.
    await untilNobodyKnows(from);
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

/** Where nothing is encrypted deleting it is enough, and quicker: Temporal keeps what has ended for half a minute. */
async function end({ client, encryption }: From, workflowId: string): Promise<void> {
  if (!encryption) return;
  await client.workflow.getHandle(workflowId).terminate('erased').catch(unlessThere);
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
  return encryption ? encryptionOf(encryption).keys.destroy(workflowIds) : 0;
}

async function untilNobodyKnows({ encryption }: From): Promise<void> {
  if (!encryption) return;
  const { life } = encryptionOf(encryption).keys;
  await new Promise((resolve) => setTimeout(resolve, life + underWay));
}

type Runs = { readonly before: Set<string>; readonly known: ReadonlySet<string> };

/** Deleting ends a run that still goes on. Adds each to those that were before. */
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
  // What began just now searches may not know yet, nor what a run carried itself on as meanwhile.
  for (let tries = 0; tries < 5; tries += 1) {
    const current = await workflow.getHandle(workflowId).describe().catch(unlessThere);
    if (!current || before.has(current.runId)) break;
    await remove(current.runId);
  }
}

/** Searches may still know a run that has been erased before. */
function unlessForgotten(error: unknown): void {
  const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
  if (code !== notFound) throw error;
}

/** Of gRPC. */
const notFound = 5;
