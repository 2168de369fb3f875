/**
 * Activities that read the account, a call after the other with a pause between: for the engage queue,
 * behind everything a customer waits for. One attempt each: what an attempt that died has spent is
 * counted, not hidden in a retry.
 */
import { proxyActivities } from '@temporalio/workflow';
import { taskQueues } from '../contract/index.js';

/** After so long without a sign of it, in milliseconds, a worker is taken for dead. */
const shortestSilence = 20_000;
/** After all that customers wait for. */
const lowPriority = { priorityKey: 5 } as const;

type Pace = {
  readonly calls: number;
  /** How long one call may take, and the pause after it. */
  readonly callTimeout: number;
  readonly pace: number;
};

/** `besides`: milliseconds for what an activity does that is no call to the platform. */
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
