/**
 * The ingress's access to Source SDK conversations: deliver events, and read messages. Every call has a
 * deadline.
 */
import type { Client } from '@temporalio/client';
import {
  describeSourceSdk,
  sourceSdkEvents,
  sourceSdkWorkflow,
  sourceSdkWorkflowId,
  sdkMessageId,
  sourceSdkMessage,
  taskQueues,
  type SourceSdkCard,
  type SourceSdkEvent,
  type SourceSdkId,
  type SourceSdkMessageId,
} from '../workflows/contract/index.js';
import { connectIngress, type IngressConnection } from './ingress-connection.js';
import type { TemporalSettings } from './settings.js';
import { unlessThere } from './unless-there.js';

export type SourceSdkConversations = {
  /** Success means Temporal has persisted it. @throws when not accepted */
  happened(id: SourceSdkId, events: readonly SourceSdkEvent[]): Promise<void>;
  /** As the platform's object; `undefined` when it is unknown or no longer kept. */
  showMessage(id: SourceSdkMessageId): Promise<object | undefined>;
  describe(id: SourceSdkId): Promise<SourceSdkCard | undefined>;
};

export function connectSourceSdkConversations(
  temporal: TemporalSettings,
): SourceSdkConversations & { close(): Promise<void> } {
  const { connection, client, inTime } = connectIngress(temporal);
  return {
    ...createSourceSdkConversations(client, inTime),
    close: () => connection.close(),
  };
}

export function createSourceSdkConversations(
  { workflow }: Pick<Client, 'workflow'>,
  inTime: IngressConnection['inTime'],
): SourceSdkConversations {
  return {
    happened: ({ source, conversation }, events) =>
      inTime(async () => {
        const id = { source, conversation };
        await workflow.signalWithStart(sourceSdkWorkflow, {
          workflowId: sourceSdkWorkflowId(id),
          taskQueue: taskQueues.threads,
          args: [id],
          signal: sourceSdkEvents,
          signalArgs: [events],
          staticSummary: `A conversation of the Source SDK bot of ${source}`,
        });
      }),
    showMessage: (id) =>
      inTime(() =>
        unlessUnknown(
          workflow.getHandle(sourceSdkWorkflowId(id)).query(sourceSdkMessage, sdkMessageId(id)),
        ),
      ),
    describe: (id) =>
      inTime(() =>
        unlessUnknown(workflow.getHandle(sourceSdkWorkflowId(id)).query(describeSourceSdk)),
      ),
  };
}

async function unlessUnknown<T>(asked: Promise<T>): Promise<T | undefined> {
  return (await asked.catch(unlessThere)) ?? undefined;
}
