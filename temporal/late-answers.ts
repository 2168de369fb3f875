/** Sends a bot's late answer to the waiting thread; success means Temporal has persisted it. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { lateAnswer, type LateAnswer } from '../workflows/contract/index.js';
import { connectIngress } from './ingress-connection.js';
import type { TemporalSettings } from './settings.js';

export type LateAnswers = {
  /** `notRunning`: the thread's run has ended. @throws when not accepted; duplicates do no harm */
  give(workflowId: string, late: LateAnswer): Promise<'accepted' | 'notRunning'>;
  close(): Promise<void>;
};

export function connectLateAnswers(settings: TemporalSettings): LateAnswers {
  const { connection, client, inTime } = connectIngress(settings);
  return {
    give: (workflowId, late) =>
      inTime(async () => {
        try {
          await client.workflow.getHandle(workflowId).signal(lateAnswer, late);
          return 'accepted';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return 'notRunning';
          throw error;
        }
      }),
    close: () => connection.close(),
  };
}
