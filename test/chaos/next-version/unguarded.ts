/**
 * A naive next version: what is new is done by every thread, also by those that began before it. Their
 * histories do not have it, so they stand still on this version.
 */
import { sleep } from '@temporalio/workflow';
import type { ThreadSummary } from '../../../workflows/contract/index.js';
import { thread as present, type RunInput } from '../../../workflows/thread/workflow.js';

export * from '../../../workflows/index.js';

export function thread(input: RunInput): Promise<ThreadSummary> {
  void sleep('2ms');
  return present(input);
}
