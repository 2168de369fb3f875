/**
 * The workflow of a customer of a Facebook page: knows the thread that accompanies the customer now.
 * Facebook's events name the customer and no thread; they arrive here and are forwarded, durably and
 * in order, to the newest thread that signalled `followCustomer`. The workflow ends when no thread
 * follows the customer any more.
 */
import {
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import {
  engageEvents,
  followCustomer,
  customerEvents,
  type ControlEvent,
  type MessengerCustomerInput,
} from '../contract/index.js';
import { isLongerThan } from '../shared/run-length.js';

/**
 * The workflow ends after this time without a signal; a thread that lasts longer polls thread control
 * itself.
 */
const longestSilence = '40 days';
const historyLimit = 2_000;

export async function messengerCustomer({ followedBy }: MessengerCustomerInput): Promise<void> {
  let follower = followedBy;
  let news = 0;
  const queue: ControlEvent[] = [];
  setHandler(followCustomer, (workflowId) => {
    follower = workflowId;
    news += 1;
  });
  setHandler(customerEvents, (events) => {
    queue.push(...events);
    news += 1;
  });
  for (;;) {
    const handled = news;
    const events = queue.splice(0);
    if (events.length > 0 && !(follower && (await passOn(follower, events)))) follower = undefined;
    if (news === handled && (follower === undefined || isLongerThan(historyLimit))) {
      if (follower === undefined) return;
      await continueAsNew<typeof messengerCustomer>({ followedBy: follower });
    }
    if (news === handled && !(await condition(() => news !== handled, longestSilence))) return;
  }
}

/** Forwards events; returns false if the thread no longer runs. */
async function passOn(follower: string, events: readonly ControlEvent[]): Promise<boolean> {
  try {
    await getExternalWorkflowHandle(follower).signal(engageEvents, events);
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}
