/**
 * A customer of a Facebook page: which thread accompanies them now. Facebook knows customers and no
 * threads, so its word comes here and is passed on, durably and in order; the newest thread that said
 * `followCustomer` gets it. Where no thread follows any more this ends: there is nobody to tell.
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
  tellCustomer,
  type ControlEvent,
  type MessengerCustomerInput,
} from '../contract/index.js';
import { isLongerThan } from '../shared/run-length.js';

/** A thread that lasts longer looks for itself what it was not told. */
const longestSilence = '40 days';
const historyLimit = 2_000;

export async function messengerCustomer({ followedBy }: MessengerCustomerInput): Promise<void> {
  let follower = followedBy;
  let news = 0;
  const told: ControlEvent[] = [];
  setHandler(followCustomer, (workflowId) => {
    follower = workflowId;
    news += 1;
  });
  setHandler(tellCustomer, (events) => {
    told.push(...events);
    news += 1;
  });
  for (;;) {
    const heard = news;
    const events = told.splice(0);
    if (events.length > 0 && !(follower && (await passOn(follower, events)))) follower = undefined;
    if (news === heard && (follower === undefined || isLongerThan(historyLimit))) {
      if (follower === undefined) return;
      await continueAsNew<typeof messengerCustomer>({ followedBy: follower });
    }
    if (news === heard && !(await condition(() => news !== heard, longestSilence))) return;
  }
}

/** False when that thread is no more. */
async function passOn(follower: string, events: readonly ControlEvent[]): Promise<boolean> {
  try {
    await getExternalWorkflowHandle(follower).signal(engageEvents, events);
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}
