/**
 * A naive next version: every thread does something new, also those that started before it. Their histories
 * lack it, so they stop on this version.
 */
import { sleep } from '@temporalio/workflow';
import type { ThreadSummary } from '../../../workflows/contract/index.js';
import { thread as present, type RunInput } from '../../../workflows/thread/workflow.js';

export * from '../../../workflows/index.js';

export function thread(input: RunInput): Promise<ThreadSummary> {
  void sleep('2ms');
  return present(input);
}
