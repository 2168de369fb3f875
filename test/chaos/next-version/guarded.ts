/**
 * The next version of Baton's workflows, for rollouts: a thread that begins on it does something that
 * no thread of the present version has done, and one that began before does not, by `patched()`.
 */
import { patched, sleep } from '@temporalio/workflow';
import type { ThreadSummary } from '../../../workflows/contract/index.js';
import { thread as present, type RunInput } from '../../../workflows/thread/workflow.js';

export * from '../../../workflows/index.js';

export function thread(input: RunInput): Promise<ThreadSummary> {
  if (patched('next-version')) void sleep('1ms');
  return present(input);
}
