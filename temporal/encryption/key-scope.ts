/**
 * The key scope of a workflow: each thread and each Source SDK conversation has its own, so that it can be
 * erased alone. All other workflows hold no personal data and share one scope.
 */
import { sourceSdkWorkflowId, parseThreadWorkflowId } from '../../workflows/contract/index.js';

const shared = 'shared';
const [sourceSdk] = sourceSdkWorkflowId({ source: '', conversation: '' }).split(':');

export function getKeyScope(workflowId: string | undefined): string {
  if (workflowId === undefined) return shared;
  const isOwn = parseThreadWorkflowId(workflowId) ?? workflowId.startsWith(`${sourceSdk}:`);
  return isOwn ? workflowId : shared;
}
