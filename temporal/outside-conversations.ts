/**
 * The ingress's way to outside conversations: hand over what happened, durably or not at all, and look
 * at what is known. Every call has a deadline.
 */
import {
  describeOutside,
  outsideEvents,
  outsideWorkflow,
  outsideWorkflowId,
  sdkMessageId,
  showOutsideMessage,
  taskQueues,
  type OutsideCard,
  type OutsideEvent,
  type OutsideId,
  type OutsideMessageId,
} from '../workflows/contract/index.js';
import { connectIngress } from './ingress-connection.js';
import type { TemporalSettings } from './settings.js';
import { unlessThere } from './unless-there.js';

export type OutsideConversations = {
  /** Success means Temporal has persisted it. @throws when not accepted */
  happened(id: OutsideId, events: readonly OutsideEvent[]): Promise<void>;
  /** As the platform's object; `undefined` when it is not known (any more). */
  showMessage(id: OutsideMessageId): Promise<object | undefined>;
  describe(id: OutsideId): Promise<OutsideCard | undefined>;
  close(): Promise<void>;
};

export function connectOutsideConversations(temporal: TemporalSettings): OutsideConversations {
  const { connection, client, inTime } = connectIngress(temporal);
  const { workflow } = client;
  return {
    happened: ({ source, conversation }, events) =>
      inTime(async () => {
        const id = { source, conversation };
        await workflow.signalWithStart(outsideWorkflow, {
          workflowId: outsideWorkflowId(id),
          taskQueue: taskQueues.threads,
          args: [id],
          signal: outsideEvents,
          signalArgs: [events],
          staticSummary: `A conversation of the outside bot of ${source}`,
        });
      }),
    showMessage: (id) =>
      inTime(() =>
        unlessUnknown(
          workflow.getHandle(outsideWorkflowId(id)).query(showOutsideMessage, sdkMessageId(id)),
        ),
      ),
    describe: (id) =>
      inTime(() => unlessUnknown(workflow.getHandle(outsideWorkflowId(id)).query(describeOutside))),
    close: () => connection.close(),
  };
}

async function unlessUnknown<T>(asked: Promise<T>): Promise<T | undefined> {
  return (await asked.catch(unlessThere)) ?? undefined;
}
