/**
 * Access to workflows of Facebook customers: a thread follows a customer, and Facebook's events reach the
 * customer's workflow. Success means Temporal has persisted the call.
 */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import {
  followCustomer,
  messengerCustomerId,
  messengerCustomerWorkflow,
  taskQueues,
  customerEvents,
  threadWorkflowId,
  type ControlEvent,
} from '../workflows/contract/index.js';
import { connectIngress } from './ingress-connection.js';
import type { TemporalSettings } from './settings.js';

type Customer = { readonly pageId: string; readonly customerId: string };

export type MessengerCustomers = {
  /** From now on this thread receives Facebook's events about this customer. Idempotent. */
  follow(by: Customer & { readonly domainId: string; readonly threadId: string }): Promise<void>;
  /** `notRunning`: no thread follows the customer. @throws when not accepted */
  deliver(
    about: Customer & { readonly events: readonly ControlEvent[] },
  ): Promise<'accepted' | 'notRunning'>;
};

const answerWithin = 3_000;

export function createMessengerCustomers(client: Client): MessengerCustomers {
  const inTime = <T>(call: () => Promise<T>) =>
    client.connection.withDeadline(Date.now() + answerWithin, call);
  return {
    follow: ({ pageId, customerId, domainId, threadId }) =>
      inTime(async () => {
        await client.workflow.signalWithStart(messengerCustomerWorkflow, {
          workflowId: messengerCustomerId(pageId, customerId),
          taskQueue: taskQueues.threads,
          args: [{}],
          signal: followCustomer,
          signalArgs: [threadWorkflowId(domainId, threadId)],
        });
      }),
    deliver: ({ pageId, customerId, events }) =>
      inTime(async () => {
        const customer = client.workflow.getHandle(messengerCustomerId(pageId, customerId));
        try {
          await customer.signal(customerEvents, events);
          return 'accepted';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return 'notRunning';
          throw error;
        }
      }),
  };
}

/** For the ingress, which has no other connection. */
export function connectMessengerCustomers(
  temporal: TemporalSettings,
): MessengerCustomers & { close(): Promise<void> } {
  const { connection, client } = connectIngress(temporal);
  return { ...createMessengerCustomers(client), close: () => connection.close() };
}
