/** Finds the threads of a person, running and ended, by the marks with which they were started. */
import type { WorkflowClient } from '@temporalio/client';
import {
  parseThreadWorkflowId,
  searchAttributes,
  threadWorkflow,
} from '../workflows/contract/index.js';
import { quote } from './thread-search.js';
import type { ThreadId } from './thread-id.js';

export type IdentityThreads = {
  readonly threads: readonly (ThreadId & { readonly source: string | undefined })[];
  /** Threads started by an agent or by an earlier version: they carry no mark. */
  readonly unmarked: number;
};

const { identity, source } = searchAttributes;
const ours = `WorkflowType = ${quote(threadWorkflow)}`;

export async function listIdentityThreads(
  { workflow }: { readonly workflow: WorkflowClient },
  marks: readonly string[],
): Promise<IdentityThreads> {
  const query = `${ours} AND ${identity.name} IN (${marks.map(quote).join(', ')})`;
  // A thread with several runs is found several times.
  const threads = new Map<string, IdentityThreads['threads'][number]>();
  for await (const { workflowId, typedSearchAttributes } of workflow.list({ query })) {
    const id = parseThreadWorkflowId(workflowId);
    if (id) threads.set(workflowId, { ...id, source: typedSearchAttributes.get(source) });
  }
  const { count } = await workflow.count(`${ours} AND ${identity.name} IS NULL`);
  return { threads: [...threads.values()], unmarked: count };
}
