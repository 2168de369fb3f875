/**
 * Requests a handover from the thread that accompanies a Source SDK conversation, with its possible
 * outcomes.
 */
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import {
  askHandover,
  threadWorkflowId,
  type AskThreadInput,
  type LaneOutcome,
} from '../workflows/contract/index.js';

export type SourceSdkThreads = { askHandover(input: AskThreadInput): Promise<LaneOutcome> };

const deadline = 10_000;

export function createSourceSdkThreads(client: Client): SourceSdkThreads {
  return {
    async askHandover({ domainId, threadId, by, why, because, key: updateId }) {
      const thread = client.workflow.getHandle(threadWorkflowId(domainId, threadId));
      try {
        await client.withDeadline(Date.now() + deadline, () =>
          thread.executeUpdate(askHandover, { args: [{ by, why, because }], updateId }),
        );
        return { is: 'done' };
      } catch (error) {
        // The thread is in another phase or has ended: it reports its state to the conversation itself.
        if (error instanceof WorkflowNotFoundError) return { is: 'refused', code: 'ThreadOver' };
        if (error instanceof WorkflowUpdateFailedError)
          return { is: 'refused', code: 'IllegalMove' };
        throw error;
      }
    },
  };
}
