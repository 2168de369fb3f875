/** A backlog of calls that nobody waits for, on the queue that spends the platform's budget. */
import { proxyActivities } from '@temporalio/workflow';
import type { WorkActivities } from '../../workflows/contract/work.js';

export type Chores = { readonly queue: string; readonly threadId: string; readonly count: number };

export async function housekeeping({ queue, threadId, count }: Chores): Promise<void> {
  const { readThread } = proxyActivities<Pick<WorkActivities, 'readThread'>>({
    taskQueue: queue,
    startToCloseTimeout: '16s',
    priority: { priorityKey: 5 },
  });
  await Promise.all(Array.from({ length: count }, () => readThread({ threadId })));
}
