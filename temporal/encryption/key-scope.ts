/**
 * Whose key a workflow's payloads are encrypted with: each thread and each conversation of a bot outside has one
 * of its own, so that it can be erased alone. All others hold nobody's words, and share one.
 */
import { sourceSdkWorkflowId, parseThreadWorkflowId } from '../../workflows/contract/index.js';

const shared = 'shared';
const [sourceSdk] = sourceSdkWorkflowId({ source: '', conversation: '' }).split(':');

export function scopeOf(workflowId: string | undefined): string {
  if (workflowId === undefined) return shared;
  const isOwn = parseThreadWorkflowId(workflowId) ?? workflowId.startsWith(`${sourceSdk}:`);
  return isOwn ? workflowId : shared;
}
