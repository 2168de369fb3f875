/** For `.catch`: treats a workflow that does not exist as a result instead of an error. */
import { WorkflowNotFoundError } from '@temporalio/client';

export function unlessThere(error: unknown): undefined {
  if (error instanceof WorkflowNotFoundError) return undefined;
  throw error;
}
