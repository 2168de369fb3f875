/** Decides when a workflow should continue as new. */
import { workflowInfo } from '@temporalio/workflow';

/** `limit`: number of history events; the server may suggest it sooner. */
export function isLongerThan(limit: number): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return historyLength > limit || continueAsNewSuggested;
}
