/** Searches for running threads, in Temporal's query language. What they find lags behind a little. */
import type { WorkflowClient } from '@temporalio/client';
import { searchAttributes, threadWorkflow, type ThreadSearch } from '../workflows/contract.js';

/** Undefined for a search that nothing can match. */
export function threadQuery(search: ThreadSearch): string | undefined {
  const { phase, reason, sources, except } = search;
  if (sources?.length === 0) return undefined;
  const { name: source } = searchAttributes.source;
  const conditions = [
    `WorkflowType = ${quote(threadWorkflow)}`,
    `ExecutionStatus = 'Running'`,
    `${searchAttributes.phase.name} = ${quote(phase)}`,
    ...(reason === undefined ? [] : [`${searchAttributes.reason.name} = ${quote(reason)}`]),
    ...(sources === undefined ? [] : [`${source} IN (${sources.map(quote).join(', ')})`]),
    ...(except ?? []).map((one) => `${source} != ${quote(one)}`),
  ];
  return conditions.join(' AND ');
}

export async function countThreads(
  workflow: WorkflowClient,
  search: ThreadSearch,
): Promise<number> {
  const query = threadQuery(search);
  return query === undefined ? 0 : (await workflow.count(query)).count;
}

/** Names with other marks than these a search cannot find: `settings/` refuses them. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
