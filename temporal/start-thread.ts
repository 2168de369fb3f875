/** Start options of a thread's workflow, the same for every caller. */
import type { StartAttributes } from './identity-mark.js';
import { taskQueues, threadWorkflowId, type ThreadInput } from '../workflows/contract/index.js';

/** @param attributes search attributes by which the customer's threads are found */
export function createStartOptions(input: ThreadInput, attributes: StartAttributes = {}) {
  return {
    workflowId: threadWorkflowId(input.domainId, input.threadId),
    ...attributes,
    taskQueue: taskQueues.threads,
    args: [input] as [ThreadInput],
    staticSummary: `Thread ${input.threadId} on source ${input.sourceId}`,
  };
}
