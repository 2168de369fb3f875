/** The threads of a person, by the marks they were begun with: those that run, and those that have ended. */
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
  /** Begun by an agent, or by an earlier version: nobody marked whose they are. */
  readonly unmarked: number;
};

const { identity, source } = searchAttributes;
const ours = `WorkflowType = ${quote(threadWorkflow)}`;

export async function threadsOf(
  { workflow }: { readonly workflow: WorkflowClient },
  marks: readonly string[],
): Promise<IdentityThreads> {
  const query = `${ours} AND ${identity.name} IN (${marks.map(quote).join(', ')})`;
  // Of several runs of a thread each is found.
  const threads = new Map<string, IdentityThreads['threads'][number]>();
  for await (const { workflowId, typedSearchAttributes } of workflow.list({ query })) {
    const id = parseThreadWorkflowId(workflowId);
    if (id) threads.set(workflowId, { ...id, source: typedSearchAttributes.get(source) });
  }
  const { count } = await workflow.count(`${ours} AND ${identity.name} IS NULL`);
  return { threads: [...threads.values()], unmarked: count };
}
