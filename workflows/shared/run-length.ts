/** Decides when a workflow should continue as new. */
import { workflowInfo } from '@temporalio/workflow';

/** Bytes of history; Temporal warns at 10 MB and ends a run at 50 MB. */
const sizeLimit = 4_000_000;

/** `limit`: number of history events; bytes count too, and the server may suggest it sooner. */
export function isLongerThan(limit: number): boolean {
  const { historyLength, historySize, continueAsNewSuggested } = workflowInfo();
  return historyLength > limit || historySize > sizeLimit || continueAsNewSuggested;
}
