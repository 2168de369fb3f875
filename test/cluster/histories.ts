/** What Temporal keeps of a thread: which of the platform's events it has heard, and in which phase it is. */
import type { WorkflowClient } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { inBatches, until } from '../bench/until.js';
import { domainId } from '../../simulator/seed.js';
import {
  describeQuery,
  phaseQuery,
  threadWorkflowId,
  type EngageEvent,
  type ThreadCard,
} from '../../workflows/contract/index.js';
import { unlessThere } from '../../temporal/unless-there.js';
import { isLost, type Acknowledged, type Told } from './acknowledged.js';

type History = Awaited<ReturnType<ReturnType<WorkflowClient['getHandle']>['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];

/** Of all runs that continue one another, from the first to the newest. */
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

/** What a thread has been told, over all its runs; of one that never ran, nothing. */
export async function toldTo(workflows: WorkflowClient, threadId: string): Promise<Told> {
  const history = (await historyOf(workflows, threadId).catch(unlessThere)) ?? [];
  const [first] = history;
  const began = first?.eventTime ? Number(first.eventTime.seconds) * 1_000 : undefined;
  return { began, events: new Set(eventsIn(history).map(({ id }) => id)) };
}

/** The platform's events, as signals and the reconciler's updates have brought them. */
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

/** The thread's card once its outbox is empty and no activity runs; undefined where no such thread runs. */
export async function cardWhenStill(
  workflows: WorkflowClient,
  threadId: string,
): Promise<ThreadCard | undefined> {
  const handle = workflows.getHandle(threadWorkflowId(domainId, threadId));
  const look = async () => {
    const card = await handle.query(describeQuery).catch(() => undefined);
    const isStill = card && card.doing === undefined && card.outbox.length === 0;
    return isStill && card.waitingContents === 0 ? card : undefined;
  };
  const timeout = { within: 90_000, every: 250 };
  return until('a thread that is still', look, timeout).catch(() => undefined);
}

/** Versions of the workers that have taken its tasks, each where it began; empty: one without a version. */
export function versionsIn(history: readonly HistoryEvent[]): readonly string[] {
  const versions: string[] = [];
  for (const { workflowTaskCompletedEventAttributes: task } of history) {
    if (!task) continue;
    const version = task.deploymentVersion?.buildId ?? '';
    if (versions.at(-1) !== version) versions.push(version);
  }
  return versions;
}

/** A phase word; `unknown` where no such thread runs. */
export async function phaseOf(workflows: WorkflowClient, threadId: string): Promise<string> {
  const handle = workflows.getHandle(threadWorkflowId(domainId, threadId));
  return handle.query(phaseQuery).catch(() => 'unknown');
}

/** The version that took its last task; empty: one without a version. */
export async function versionOf(workflows: WorkflowClient, threadId: string): Promise<string> {
  const handle = workflows.getHandle(threadWorkflowId(domainId, threadId));
  const { workflowExecutionInfo: info } = (await handle.describe()).raw;
  return info?.versioningInfo?.deploymentVersion?.buildId ?? '';
}

export async function lostOf(
  workflows: WorkflowClient,
  acknowledged: readonly Acknowledged[],
): Promise<readonly Acknowledged[]> {
  const told = new Map<string, Told>();
  const threads = [...new Set(acknowledged.map(({ thread }) => thread))];
  await inBatches(threads, 10, async (id) => told.set(id, await toldTo(workflows, id)));
  return acknowledged.filter((event) => isLost(event, told.get(event.thread)));
}
