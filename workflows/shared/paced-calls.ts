/**
 * Proxies for activities that read the account: sequential calls with a pause between them, on the
 * `engage` task queue, with a lower priority than everything a customer waits for. Each has one
 * attempt, so that the calls of an attempt that died are counted instead of hidden in a retry.
 */
import { proxyActivities } from '@temporalio/workflow';
import { taskQueues } from '../contract/index.js';

/**
 * Shortest heartbeat timeout, in milliseconds: after this time without a heartbeat a worker counts as
 * dead.
 */
const shortestSilence = 20_000;
/** Lower than the priority of everything customers wait for. */
const lowPriority = { priorityKey: 5 } as const;

type Pace = {
  readonly calls: number;
  /** Timeout of one call, and the pause after it. */
  readonly callTimeout: number;
  readonly pace: number;
};

/** `besides`: milliseconds for the work of an activity other than calls to the platform. */
export function pacedCalls<A extends object>(
  { calls, callTimeout, pace }: Pace,
  besides = shortestSilence,
) {
  return proxyActivities<A>({
    taskQueue: taskQueues.engage,
    startToCloseTimeout: calls * (callTimeout + pace) + besides,
    heartbeatTimeout: Math.max(shortestSilence, 2 * (callTimeout + pace)),
    retry: { maximumAttempts: 1 },
    priority: lowPriority,
  });
}
