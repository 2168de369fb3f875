/** When a run that is carried on by continue-as-new has become long enough. */
import { workflowInfo } from '@temporalio/workflow';

/** `limit`: in events of its history; the server may suggest it sooner. */
export function isLongerThan(limit: number): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return historyLength > limit || continueAsNewSuggested;
}
