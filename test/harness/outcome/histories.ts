/** Reads threads from Temporal: which events of the platform they have received, on which versions they ran, and their phase. */
import type { WorkflowClient } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { until } from '../until.js';
import { domainId } from '../../../simulator/seed.js';
import {
  describeQuery,
  phaseQuery,
  threadWorkflowId,
  type EngageEvent,
  type ThreadCard,
} from '../../../workflows/contract/index.js';
import { unlessThere } from '../../../temporal/unless-there.js';
import type { Received } from './acknowledged.js';

type History = Awaited<ReturnType<ReturnType<WorkflowClient['getHandle']>['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];

/** Events of all runs of a thread, oldest first. */
export async function historyOf(
  workflows: WorkflowClient,
  threadId: string,
): Promise<readonly HistoryEvent[]> {
  const all: HistoryEvent[] = [];
  let run: string | undefined;
  do {
    const handle = workflows.getHandle(threadWorkflowId(domainId, threadId), run);
    const { events } = await handle.fetchHistory();
    all.unshift(...(events ?? []));
    run = all[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  } while (run);
  return all;
}

/** What a thread has received over all its runs; nothing when it never ran. */
export async function receivedBy(workflows: WorkflowClient, threadId: string): Promise<Received> {
  const history = (await historyOf(workflows, threadId).catch(unlessThere)) ?? [];
  const [first] = history;
  const began = first?.eventTime ? Number(first.eventTime.seconds) * 1_000 : undefined;
  return { began, events: new Set(eventsIn(history).map(({ id }) => id)) };
}

/** Events of the platform that came by signals or by the reconciler's updates. */
export function eventsIn(history: readonly HistoryEvent[]): readonly EngageEvent[] {
  return history.flatMap((event) => {
    const signal = event.workflowExecutionSignaledEventAttributes?.input;
    const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
    const payloads = signal?.payloads ?? update?.args?.payloads ?? [];
    return payloads.flatMap((payload) => listIn(defaultPayloadConverter.fromPayload(payload)));
  });
}

function listIn(given: unknown): readonly EngageEvent[] {
  return Array.isArray(given) ? (given as readonly EngageEvent[]) : [];
}

/** The thread's card once its outbox is empty and no activity runs; `undefined` when that does not happen in time. */
export async function cardAtRest(
  workflows: WorkflowClient,
  threadId: string,
  within: number,
): Promise<ThreadCard | undefined> {
  const handle = workflows.getHandle(threadWorkflowId(domainId, threadId));
  const ask = async () => {
    const card = await handle.query(describeQuery).catch(() => undefined);
    const isIdle = card && card.doing === undefined && card.outbox.length === 0;
    return isIdle && card.waitingContents === 0 ? card : undefined;
  };
  return until('a thread at rest', ask, { within, every: 250 }).catch(() => undefined);
}

/** Versions of the workers that have completed its tasks, in order; an empty string is a worker without a version. */
export function versionsIn(history: readonly HistoryEvent[]): readonly string[] {
  const versions: string[] = [];
  for (const { workflowTaskCompletedEventAttributes: task } of history) {
    if (!task) continue;
    const version = task.deploymentVersion?.buildId ?? '';
    if (versions.at(-1) !== version) versions.push(version);
  }
  return versions;
}

/** Its phase; `unknown` when it does not run. */
export async function phaseOf(workflows: WorkflowClient, threadId: string): Promise<string> {
  const handle = workflows.getHandle(threadWorkflowId(domainId, threadId));
  return handle.query(phaseQuery).catch(() => 'unknown');
}

/** Version of the worker that completed its last task; an empty string is a worker without a version. */
export async function versionOf(workflows: WorkflowClient, threadId: string): Promise<string> {
  const handle = workflows.getHandle(threadWorkflowId(domainId, threadId));
  const { workflowExecutionInfo: info } = (await handle.describe()).raw;
  return info?.versioningInfo?.deploymentVersion?.buildId ?? '';
}
