/** For `.catch`: a workflow that is not there is no error but an answer. */
import { WorkflowNotFoundError } from '@temporalio/client';

export function unlessThere(error: unknown): undefined {
  if (error instanceof WorkflowNotFoundError) return undefined;
  throw error;
}
