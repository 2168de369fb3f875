/**
 * Threads whose run did not end by itself: Temporal ended it for its size, or somebody terminated it. The
 * thread is rebuilt: the end is reported to its present run, or to one that the same atomic call starts.
 *
 * Not meant are runs of erased threads, and runs that a reset replaced, whose history goes on. Searches lag
 * behind a little, so that a search should end a little before now.
 */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import {
  runEnded,
  searchAttributes,
  threadWorkflow,
  type RunEnded,
  type EndedBetween,
  type ThreadInput,
} from '../workflows/contract/index.js';
import type { At } from './client.js';
import { decrypt } from './encryption/payload-codec.js';
import { getEncryption } from './encryption/data-converter.js';
import { erasedBecause } from './erase.js';
import type { StartAttributes } from './identity-mark.js';
import { createStartOptions } from './start-thread.js';
import { quote } from './thread-search.js';
import { unlessThere } from './unless-there.js';

type Run = { readonly workflowId: string; readonly runId: string };

/** One ended run. `failure`: name of the error that kept its thread from beginning anew. */
export type RebuildResult = {
  readonly workflowId: string;
  /** False also for a run that needs nothing: erased, reset, or its thread has gone on. */
  readonly isRebuilt: boolean;
  readonly failure?: string;
};

export type EndedRuns = {
  /** The newest run of the same workflow before this one, if it was ended. @throws when unknown */
  before(run: Run): Promise<RunEnded | undefined>;
  /** Tells each thread whose last run was ended within this time; yields each run that it has looked at. */
  rebuild(ended: EndedBetween): AsyncIterable<RebuildResult>;
};

/** Milliseconds: every first reply of a thread waits for it. */
const answerWithin = 1_000;

/** By the SDK's status. */
export const waysToEnd: Readonly<Record<string, RunEnded['how'] | undefined>> = {
  ...{ TERMINATED: 'terminated', FAILED: 'failed', TIMED_OUT: 'timedOut', CANCELLED: 'canceled' },
};
/** Runs of threads that did not end by themselves. */
export const endedQuery = [
  `WorkflowType = ${quote(threadWorkflow)}`,
  `ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled')`,
].join(' AND ');

export function createEndedRuns(client: Client, at: Pick<At, 'encryption'>): EndedRuns {
  const { workflow } = client;
  return {
    before: ({ workflowId }) =>
      client.withDeadline(Date.now() + answerWithin, () => lastBefore(client, workflowId)),
    async *rebuild({ since, until }) {
      const [from, to] = [since, until].map((time) => quote(new Date(time).toISOString()));
      const query = `${endedQuery} AND CloseTime > ${from} AND CloseTime <= ${to}`;
      for await (const { workflowId, runId } of workflow.list({ query })) {
        yield { workflowId, ...(await rebuildOne(client, at, { workflowId, runId })) };
      }
    },
  };
}

/** The caller runs: all others have ended, the newest is listed first. */
async function lastBefore(client: Client, workflowId: string): Promise<RunEnded | undefined> {
  const query = `WorkflowId = ${quote(workflowId)} AND ExecutionStatus != 'Running'`;
  for await (const { runId, status } of client.workflow.list({ query, pageSize: 1 })) {
    const how = waysToEnd[status.name];
    return how && !(await wasErased(client, { workflowId, runId })) ? { runId, how } : undefined;
  }
  return undefined;
}

async function rebuildOne(
  client: Client,
  at: Pick<At, 'encryption'>,
  run: Run,
): Promise<Omit<RebuildResult, 'workflowId'>> {
  try {
    const ended = await lastEnded(client, run).catch(unlessThere);
    if (!ended) return { isRebuilt: false };
    await rebuildThread(client, at, ended.run);
    return { isRebuilt: true };
  } catch (error) {
    return { isRebuilt: false, failure: error instanceof Error ? error.name : 'Unknown' };
  }
}

export type LastEnded = {
  readonly run: WorkflowExecutionDescription;
  /** A next run is there, which may not know of the end. */
  readonly hasNext: boolean;
};

/** `undefined` if the run was not ended, was erased, or the thread has gone on since. */
export async function lastEnded(
  client: Client,
  { workflowId, runId }: Run,
): Promise<LastEnded | undefined> {
  const { workflow } = client;
  const run = await workflow.getHandle(workflowId, runId).describe();
  const present = await workflow.getHandle(workflowId).describe();
  const hasNext = present.runId !== runId;
  const isOver = hasNext && present.status.name !== 'RUNNING';
  const isReset = hasNext && firstOf(present) === firstOf(run);
  if (isOver || isReset || waysToEnd[run.status.name] === undefined) return undefined;
  return (await wasErased(client, { workflowId, runId })) ? undefined : { run, hasNext };
}

/** Continued and reset runs share it. */
function firstOf({ raw }: WorkflowExecutionDescription): string | null | undefined {
  return raw.workflowExecutionInfo?.firstRunId;
}

/** Reports the end to the thread's present run, or to one that it starts. */
export async function rebuildThread(
  client: Client,
  at: Pick<At, 'encryption'>,
  ended: WorkflowExecutionDescription,
): Promise<void> {
  const { workflowId, runId, status, typedSearchAttributes } = ended;
  const how = waysToEnd[status.name] ?? 'terminated';
  const { domainId, threadId, sourceId } = await inputOf(client, at, { workflowId, runId });
  const identity = typedSearchAttributes.get(searchAttributes.identity);
  const attributes: StartAttributes =
    identity === undefined
      ? {}
      : { typedSearchAttributes: [{ key: searchAttributes.identity, value: identity }] };
  await client.workflow.signalWithStart(threadWorkflow, {
    ...createStartOptions({ domainId, threadId, sourceId }, attributes),
    signal: runEnded,
    signalArgs: [{ runId, how }],
  });
}

/** @throws when the thread's key is destroyed */
async function inputOf(
  { workflowService, options: { namespace } }: Client,
  { encryption }: Pick<At, 'encryption'>,
  execution: Run,
): Promise<ThreadInput> {
  const { history } = await workflowService.getWorkflowExecutionHistory({
    ...{ namespace, execution, maximumPageSize: 1 },
  });
  const [started] = history?.events ?? [];
  const [payload] = started?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  if (!payload) throw new Error('the history of the run has no input');
  const clear = encryption ? await decrypt(payload, getEncryption(encryption).keys) : payload;
  return defaultPayloadConverter.fromPayload<ThreadInput>(clear);
}

async function wasErased(
  { workflowService, options: { namespace } }: Client,
  execution: Run,
): Promise<boolean> {
  const { history } = await workflowService.getWorkflowExecutionHistoryReverse({
    ...{ namespace, execution, maximumPageSize: 1 },
  });
  const [last] = history?.events ?? [];
  return last?.workflowExecutionTerminatedEventAttributes?.reason === erasedBecause;
}
