/**
 * The Source SDK conversation that a thread accompanies, for whoever erases the thread. Each run that knows of one
 * has told it something, and a history names whom it told in the clear: that is read, for it needs no
 * worker, which may be away, and no key, which may be destroyed already.
 */
import type { Client } from '@temporalio/client';
import { parseSdkThreadId, sourceSdkWorkflowId } from '../workflows/contract/index.js';
import { quote } from './thread-search.js';
import { unlessThere } from './unless-there.js';

/** @returns ids of workflows: those all runs of this one told something that are there yet */
export async function accompaniedBy(
  { workflow }: Client,
  workflowId: string,
): Promise<readonly string[]> {
  // The newest first: of one that began just now searches may not know.
  const told = new Set(await toldBy(workflow, workflowId));
  const query = `WorkflowId = ${quote(workflowId)}`;
  for await (const { runId } of workflow.list({ query })) {
    for (const id of await toldBy(workflow, workflowId, runId)) told.add(id);
  }
  return [...told];
}

async function toldBy(
  workflow: Client['workflow'],
  workflowId: string,
  runId?: string,
): Promise<readonly string[]> {
  const history = await workflow.getHandle(workflowId, runId).fetchHistory().catch(unlessThere);
  return (history?.events ?? []).flatMap((event) => {
    const told = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
    const id = told?.workflowExecution?.workflowId ?? '';
    return isSourceSdk(id) ? [id] : [];
  });
}

function isSourceSdk(workflowId: string): boolean {
  const id = parseSdkThreadId(workflowId.slice(workflowId.indexOf(':') + 1));
  return id !== undefined && sourceSdkWorkflowId(id) === workflowId;
}
