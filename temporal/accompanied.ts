/**
 * Finds the Source SDK conversations that a thread accompanies, for the erasure of the thread. Each run
 * that knows of a conversation has signalled it, and the history holds the target's workflow id
 * unencrypted. Reading it needs no worker, which may be down, and no key, which may be destroyed already.
 */
import type { Client } from '@temporalio/client';
import { parseSdkThreadId, sourceSdkWorkflowId } from '../workflows/contract/index.js';
import { quote } from './thread-search.js';
import { unlessThere } from './unless-there.js';

/** @returns ids of the workflows that runs of this workflow have signalled and that still exist */
export async function accompaniedBy(
  { workflow }: Client,
  workflowId: string,
): Promise<readonly string[]> {
  // The newest run first: searches may not know yet of a conversation that has just started.
  const signalled = new Set(await listSignalled(workflow, workflowId));
  const query = `WorkflowId = ${quote(workflowId)}`;
  for await (const { runId } of workflow.list({ query })) {
    for (const id of await listSignalled(workflow, workflowId, runId)) signalled.add(id);
  }
  return [...signalled];
}

async function listSignalled(
  workflow: Client['workflow'],
  workflowId: string,
  runId?: string,
): Promise<readonly string[]> {
  const history = await workflow.getHandle(workflowId, runId).fetchHistory().catch(unlessThere);
  return (history?.events ?? []).flatMap((event) => {
    const signalled = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
    const id = signalled?.workflowExecution?.workflowId ?? '';
    return isSourceSdk(id) ? [id] : [];
  });
}

function isSourceSdk(workflowId: string): boolean {
  const id = parseSdkThreadId(workflowId.slice(workflowId.indexOf(':') + 1));
  return id !== undefined && sourceSdkWorkflowId(id) === workflowId;
}
