/**
 * Failed workflow tasks, as the SDK reports them: the first attempt by a line of its log, with the failure as
 * debugging text, and every attempt by a counter. Of the line only the cause is read, because a message may contain
 * customers' text.
 */
import type { Sample } from '../runtime/metrics/text.js';

export const taskFailureCauses = ['nondeterminism', 'error', 'tooLarge', 'other'] as const;
export type TaskFailureCause = (typeof taskFailureCauses)[number];

export type TaskFailure = { readonly runId: string; readonly cause: TaskFailureCause };

/** By the names in the SDK's log. */
const causes: Readonly<Record<string, TaskFailureCause | undefined>> = {
  NonDeterministicError: 'nondeterminism',
  WorkflowWorkerUnhandledFailure: 'error',
  ...{ GrpcMessageTooLarge: 'tooLarge', PayloadsTooLarge: 'tooLarge' },
};

/** `undefined` for every other line. */
export function taskFailureIn(
  message: string,
  { runId, failure }: Readonly<Record<string, unknown>> = {},
): TaskFailure | undefined {
  if (message !== 'Failing workflow task' || typeof runId !== 'string') return undefined;
  const [, named = ''] = /force_cause: (\w+) \}$/.exec(String(failure)) ?? [];
  return { runId, cause: causes[named] ?? 'other' };
}

/** By the names in the SDK's metrics. */
const reasons: Readonly<Record<string, TaskFailureCause | undefined>> = {
  NonDeterminismError: 'nondeterminism',
  WorkflowError: 'error',
  ...{ GrpcMessageTooLarge: 'tooLarge', PayloadsTooLarge: 'tooLarge', RequestTooLarge: 'tooLarge' },
};

/** Failed attempts since the start of the process, by cause, in the metrics of the SDK. */
export function countTaskFailures(
  samples: readonly Sample[],
): ReadonlyMap<TaskFailureCause, number> {
  const counts = new Map<TaskFailureCause, number>();
  for (const { name, labels, value } of samples) {
    if (name !== 'temporal_workflow_task_execution_failed_total') continue;
    const cause = reasons[labels['failure_reason'] ?? ''] ?? 'other';
    counts.set(cause, (counts.get(cause) ?? 0) + value);
  }
  return counts;
}
