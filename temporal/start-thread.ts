/** How a thread is begun, whoever begins it. */
import { taskQueues, threadWorkflowId, type ThreadInput } from '../workflows/contract.js';

export function startOf(input: ThreadInput) {
  return {
    workflowId: threadWorkflowId(input.domainId, input.threadId),
    taskQueue: taskQueues.threads,
    args: [input] as [ThreadInput],
    staticSummary: `Thread ${input.threadId} on source ${input.sourceId}`,
  };
}
