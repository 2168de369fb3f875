/**
 * The message contract of the workflow of a Messenger customer. Facebook identifies customers and
 * Engage identifies threads; this workflow forwards Facebook's events about a customer to the
 * customer's thread.
 */
import { defineSignal } from '@temporalio/workflow';
import type { ControlEvent } from './engage-event.js';

/**
 * Workflow type, workflow id, and the signals by which a thread subscribes and Facebook's events
 * arrive.
 */
export const messengerCustomerWorkflow = 'messengerCustomer';
export function messengerCustomerId(pageId: string, customerId: string): string {
  return `messenger:${pageId}:${customerId}`;
}
/** `followedBy`: workflow id of the subscribed thread; set by continue-as-new only. */
export type MessengerCustomerInput = { readonly followedBy?: string };
export const followCustomer = defineSignal<[string]>('followCustomer');
export const customerEvents = defineSignal<[readonly ControlEvent[]]>('customerEvents');
