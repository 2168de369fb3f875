/** How a thread is begun, whoever begins it. */
import type { StartAttributes } from './identity-mark.js';
import { taskQueues, threadWorkflowId, type ThreadInput } from '../workflows/contract/index.js';

/** @param attributes by which its customer's threads are found again */
export function startOf(input: ThreadInput, attributes: StartAttributes = {}) {
  return {
    workflowId: threadWorkflowId(input.domainId, input.threadId),
    ...attributes,
    taskQueue: taskQueues.threads,
    args: [input] as [ThreadInput],
    staticSummary: `Thread ${input.threadId} on source ${input.sourceId}`,
  };
}
