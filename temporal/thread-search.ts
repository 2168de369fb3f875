/** Searches for running threads, in Temporal's query language. What they find lags behind a little. */
import type { WorkflowClient } from '@temporalio/client';
import {
  searchAttributes,
  threadWorkflow,
  type Phase,
  type ThreadSearch,
} from '../workflows/contract/index.js';

/** What an operator looks for; without any of it, every thread that runs. */
export type WideSearch = {
  readonly phase?: Phase | undefined;
  readonly reason?: string | undefined;
  /** At least one. */
  readonly sources?: readonly string[] | undefined;
  readonly attention?: boolean | undefined;
};

/** Undefined for a search that nothing can match. */
export function threadQuery({ except = [], ...search }: ThreadSearch): string | undefined {
  if (search.sources?.length === 0) return undefined;
  const others = except.map((one) => `${searchAttributes.source.name} != ${quote(one)}`);
  return [wideQuery(search), ...others].join(' AND ');
}

export function wideQuery({ phase, reason, sources, attention }: WideSearch): string {
  const { name: source } = searchAttributes.source;
  return [
    `WorkflowType = ${quote(threadWorkflow)}`,
    `ExecutionStatus = 'Running'`,
    ...(phase === undefined ? [] : [`${searchAttributes.phase.name} = ${quote(phase)}`]),
    ...(reason === undefined ? [] : [`${searchAttributes.reason.name} = ${quote(reason)}`]),
    ...(sources === undefined ? [] : [`${source} IN (${sources.map(quote).join(', ')})`]),
    ...(attention === undefined ? [] : [`${searchAttributes.attention.name} = ${attention}`]),
  ].join(' AND ');
}

export async function countThreads(
  workflow: WorkflowClient,
  search: ThreadSearch,
): Promise<number> {
  const query = threadQuery(search);
  return query === undefined ? 0 : (await workflow.count(query)).count;
}

/**
 * As Temporal reads it: a backslash escapes what follows. Names with one, or with `"`, a search cannot find
 * all the same; `settings/` refuses them.
 */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
