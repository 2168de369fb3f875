/**
 * The next version of the workflows, for rollouts: threads that start on it do something new; threads that
 * started before do not, by `patched()`.
 */
import { patched, sleep } from '@temporalio/workflow';
import type { ThreadSummary } from '../../../workflows/contract/index.js';
import { thread as present, type RunInput } from '../../../workflows/thread/workflow.js';

export * from '../../../workflows/index.js';

export function thread(input: RunInput): Promise<ThreadSummary> {
  if (patched('next-version')) void sleep('1ms');
  return present(input);
}
