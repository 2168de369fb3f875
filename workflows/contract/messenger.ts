/**
 * The message contract of a page's customer: Facebook knows a customer, Engage a thread; this is how
 * what Facebook says of the one reaches the other.
 */
import { defineSignal } from '@temporalio/workflow';
import type { ControlEvent } from './engage-event.js';

/** A customer of a Facebook page: its workflow type and id, who follows them, what Facebook says. */
export const messengerCustomerWorkflow = 'messengerCustomer';
export function messengerCustomerId(pageId: string, customerId: string): string {
  return `messenger:${pageId}:${customerId}`;
}
/** `followedBy`, the id of a thread's workflow, is set by continue-as-new only. */
export type MessengerCustomerInput = { readonly followedBy?: string };
export const followCustomer = defineSignal<[string]>('followCustomer');
export const tellCustomer = defineSignal<[readonly ControlEvent[]]>('tellCustomer');
