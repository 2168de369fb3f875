/**
 * The ingress's access to threads: delivers the events of one delivery.
 *
 * Success means Temporal has persisted the signal. Every call has a deadline, because it might otherwise
 * wait for ever; on a timeout the caller refuses the delivery and the platform sends it again.
 */
import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import {
  engageEvents,
  threadWorkflow,
  threadWorkflowId,
  type EngageEvent,
} from '../workflows/contract/index.js';
import { keyObstacles } from './encryption/reach-keys.js';
import { createIdentityMarks, type IdentityMarks } from './identity-mark.js';
import { connectIngress, type IngressConnection } from './ingress-connection.js';
import { missingSearchAttributes } from './search-attributes.js';
import type { TemporalSettings } from './settings.js';
import { createStartOptions } from './start-thread.js';

export type ThreadEvents = {
  readonly domainId: string;
  readonly threadId: string;
  /** Present when one of the events may start a conversation. */
  readonly startOn: { readonly sourceId: string } | undefined;
  readonly events: readonly EngageEvent[];
};

export type Threads = {
  /** `notRunning`: no thread is running, and none of the events may start one. @throws when not accepted */
  accept(events: ThreadEvents): Promise<'accepted' | 'notRunning'>;
  /** Why this process is not ready; empty when it is. */
  obstacles(): Promise<readonly string[]>;
  close(): Promise<void>;
};

export function connectThreads(temporal: TemporalSettings): Threads {
  const { connection, client, inTime } = connectIngress(temporal);
  return {
    accept: createAccept(client, inTime, createIdentityMarks(temporal.encryption)),
    async obstacles() {
      const missing = inTime(() => missingSearchAttributes(connection, temporal.namespace));
      return [...(await obstaclesOf(missing)), ...(await keyObstacles(temporal))];
    },
    close: () => connection.close(),
  };
}

/** @param inTime gives each call its deadline */
export function createAccept(
  { workflow }: Client,
  inTime: IngressConnection['inTime'],
  marks: IdentityMarks,
): Threads['accept'] {
  return ({ domainId, threadId, startOn, events }) =>
    inTime(async () => {
      if (startOn) {
        // Signal-with-start: signals a running thread, or starts one, in one atomic call.
        const input = { domainId, threadId, sourceId: startOn.sourceId };
        await workflow.signalWithStart(threadWorkflow, {
          ...createStartOptions(input, await marks.attributesOf(events)),
          signal: engageEvents,
          signalArgs: [events],
        });
        return 'accepted';
      }
      try {
        await workflow.getHandle(threadWorkflowId(domainId, threadId)).signal(engageEvents, events);
        return 'accepted';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'notRunning';
        throw error;
      }
    });
}

async function obstaclesOf(missing: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return (await missing).map((name) => `search attribute ${name} is not registered`);
  } catch (error) {
    const code = isGrpcServiceError(error) ? ` (${error.details})` : '';
    return [`Temporal is not reachable${code}`];
  }
}
