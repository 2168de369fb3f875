/** Builds searches for running threads in Temporal's query language. Results lag behind a little. */
import type { WorkflowClient } from '@temporalio/client';
import {
  searchAttributes,
  threadWorkflow,
  type Phase,
  type Speaker,
  type ThreadSearch,
} from '../workflows/contract/index.js';

/** An operator's search; empty, it matches every running thread. */
export type WideSearch = {
  readonly phase?: Phase | undefined;
  readonly reason?: string | undefined;
  /** At least one. */
  readonly sources?: readonly string[] | undefined;
  readonly attention?: boolean | undefined;
  readonly next?: Speaker | undefined;
};

/** Undefined for a search that cannot match. */
export function threadQuery({ except = [], ...search }: ThreadSearch): string | undefined {
  if (search.sources?.length === 0) return undefined;
  const others = except.map((one) => `${searchAttributes.source.name} != ${quote(one)}`);
  return [wideQuery(search), ...others].join(' AND ');
}

export function wideQuery({ phase, reason, sources, attention, next }: WideSearch): string {
  return [
    `WorkflowType = ${quote(threadWorkflow)}`,
    `ExecutionStatus = 'Running'`,
    ...(phase === undefined ? [] : [`${searchAttributes.phase.name} = ${quote(phase)}`]),
    ...(reason === undefined ? [] : [`${searchAttributes.reason.name} = ${quote(reason)}`]),
    ...sourcesQuery(sources),
    ...(attention === undefined ? [] : [`${searchAttributes.attention.name} = ${attention}`]),
    ...(next === undefined ? [] : [`${searchAttributes.next.name} = ${quote(next)}`]),
  ].join(' AND ');
}

/** The condition, or none. */
export function sourcesQuery(sources: readonly string[] | undefined): readonly string[] {
  const { name } = searchAttributes.source;
  return sources === undefined ? [] : [`${name} IN (${sources.map(quote).join(', ')})`];
}

export async function countThreads(
  workflow: WorkflowClient,
  search: ThreadSearch,
): Promise<number> {
  const query = threadQuery(search);
  return query === undefined ? 0 : (await workflow.count(query)).count;
}

/** Quotes a value. Names with `\` or `"` cannot be searched for, so `settings/` refuses them. */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
