/**
 * Broken threads. A thread is stuck if the workflow task of its run fails again and again, as after a release whose
 * workflows cannot replay its history; or its run was ended, and no other has begun. They are found, and their
 * rebuilding is started, without a worker that could run them.
 *
 * A reset is not offered: a run that is reset repeats the history that cannot be replayed. The platform's own
 * record does not depend on it.
 */
import type { Client } from '@temporalio/client';
import { threadWorkflowId, type RunEnded } from '../workflows/contract/index.js';
import { rebuildThread, endedQuery, lastEnded, waysToEnd } from './ended-runs.js';
import { toFoundThread, type FoundThread } from './found-thread.js';
import { inLanes } from './in-lanes.js';
import { connectOperator } from './operator-connection.js';
import { pageOf, tokenIn, WrongPage } from './page-token.js';
import type { TemporalSettings } from './settings.js';
import { sourcesQuery, wideQuery } from './thread-search.js';
import type { ThreadId } from './thread-id.js';
import { unlessThere } from './unless-there.js';

export type BrokenThread = Pick<FoundThread, 'domainId' | 'threadId' | 'source'> & {
  /** `stuck`: its workflow task fails; otherwise how its run was ended. */
  readonly is: 'stuck' | RunEnded['how'];
  /** When the task first failed, or the run was ended; Unix milliseconds of Temporal's clock. */
  readonly since: number | undefined;
  /** `stuck`: Temporal's name of the failure, such as `NON_DETERMINISTIC_ERROR`. */
  readonly cause: string | undefined;
  /** `stuck`: how often the task has been tried. */
  readonly attempts: number | undefined;
};

export type BrokenSearch = {
  readonly of: 'stuck' | 'ended';
  /** Names of sources; absent: all. */
  readonly sources?: readonly string[] | undefined;
  readonly after?: string | undefined;
};

export type BrokenThreads = {
  /** Looks at some threads; `next`: where to look on. @throws TemporalAway, WrongPage */
  list(search: BrokenSearch): Promise<{
    readonly threads: readonly BrokenThread[];
    readonly lookedAt: number;
    readonly next: string | undefined;
  }>;
  /** Ends a stuck run, and starts one that rebuilds the thread. @throws TemporalAway, NotBroken */
  rebuild(id: ThreadId): Promise<void>;
  close(): Promise<void>;
};

/** The thread works, or has been rebuilt, or there is none. */
export class NotBroken extends Error {
  override readonly name = 'NotBroken';
}

/** A task may fail, or time out, by accident. */
const fewestAttempts = 3;
const pageSize = 200;
const listedWithin = 15_000;
/** Events among which the failure is: signals may follow it. */
const newestEvents = 100;

export function connectBrokenThreads(temporal: TemporalSettings): BrokenThreads {
  const isAnswer = (error: unknown) => error instanceof NotBroken || error instanceof WrongPage;
  const { connection, client, inTime } = connectOperator(temporal, 'broken threads', isAnswer);
  return {
    list: (search) => inTime(() => list(client, search), listedWithin),
    rebuild: (id) => inTime(() => rebuild(client, temporal, id)),
    close: () => connection.close(),
  };
}

async function list(client: Client, { of, sources, after }: BrokenSearch) {
  const query =
    of === 'stuck' ? wideQuery({ sources }) : [endedQuery, ...sourcesQuery(sources)].join(' AND ');
  const { namespace } = client.options;
  const page = tokenIn(after, query);
  const { executions, nextPageToken } = await client.workflowService.listWorkflowExecutions({
    ...{ namespace, query, pageSize, ...page },
  });
  const look = of === 'stuck' ? lookAtRunning : lookAtEnded;
  const found = await inLanes(executions, async (one) => {
    const { workflowId, runId } = one.execution ?? {};
    if (!workflowId || !runId) return undefined;
    const broken = await look(client, { workflowId, runId });
    const { domainId, threadId, source } = toFoundThread(one);
    return broken && { domainId, threadId, source, ...broken };
  });
  const threads = found.filter((one) => one !== undefined);
  return { threads, lookedAt: executions.length, next: pageOf(nextPageToken, query) };
}

type Run = { readonly workflowId: string; readonly runId: string };
type Seen = Pick<BrokenThread, 'is' | 'since' | 'cause' | 'attempts'> | undefined;

async function lookAtRunning(client: Client, { workflowId, runId }: Run): Promise<Seen> {
  const run = await client.workflow.getHandle(workflowId, runId).describe().catch(unlessThere);
  const attempts = run?.raw.pendingWorkflowTask?.attempt ?? 0;
  if (attempts < fewestAttempts) return undefined;
  const failure = await failureOf(client, { workflowId, runId });
  return failure && { is: 'stuck', attempts, ...failure };
}

async function lookAtEnded(client: Client, run: Run): Promise<Seen> {
  const ended = await lastEnded(client, run).catch(unlessThere);
  const how = ended && waysToEnd[ended.run.status.name];
  if (!how || ended.hasNext) return undefined;
  const { closeTime } = ended.run;
  return { is: how, since: closeTime?.getTime(), cause: undefined, attempts: undefined };
}

/**
 * Why and since when the present task fails. `undefined`: it has only timed out, as tasks of a slow worker do. Only the first failure of
 * a series is in the history; its message may contain customers' text.
 */
async function failureOf(
  { workflowService, options }: Client,
  execution: Run,
): Promise<Pick<BrokenThread, 'since' | 'cause'> | undefined> {
  const { namespace } = options;
  const { history } = await workflowService.getWorkflowExecutionHistoryReverse({
    ...{ namespace, execution, maximumPageSize: newestEvents },
  });
  for (const event of history?.events ?? []) {
    if (event.workflowTaskCompletedEventAttributes) return undefined;
    const failed = event.workflowTaskFailedEventAttributes;
    if (!failed) continue;
    const cause = causes[failed.cause ?? 0] ?? `cause ${failed.cause ?? 0}`;
    return { cause, since: Number(event.eventTime?.seconds ?? 0) * 1_000 };
  }
  return undefined;
}

/** Temporal's causes of a failed workflow task, by their numbers, that our workers can meet. */
const causes: Readonly<Record<number, string>> = {
  14: 'WORKFLOW_WORKER_UNHANDLED_FAILURE',
  24: 'NON_DETERMINISTIC_ERROR',
  36: 'GRPC_MESSAGE_TOO_LARGE',
  37: 'PAYLOADS_TOO_LARGE',
};

async function rebuild(client: Client, temporal: TemporalSettings, id: ThreadId): Promise<void> {
  const workflowId = threadWorkflowId(id.domainId, id.threadId);
  const { workflow } = client;
  const present = await workflow.getHandle(workflowId).describe().catch(unlessThere);
  if (!present) throw new NotBroken('there is no such thread');
  const run = { workflowId, runId: present.runId };
  if (present.status.name === 'RUNNING') {
    const attempts = present.raw.pendingWorkflowTask?.attempt ?? 0;
    if (attempts < fewestAttempts) throw new NotBroken('its run works');
    if (!(await failureOf(client, run))) {
      throw new NotBroken('its task only takes too long: workers are missing or busy');
    }
    // Who and why are in the ingress's log: a reason is stored unencrypted.
    await workflow.getHandle(workflowId, run.runId).terminate('repair');
  }
  const ended = await lastEnded(client, run);
  if (!ended) throw new NotBroken('its run ended by itself');
  await rebuildThread(client, temporal, ended.run);
}
