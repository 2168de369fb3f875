/**
 * A failed workflow task, as the SDK reports it: by a line of its log, with the failure as debugging text. Only
 * the cause is read from it, because a message may contain customers' text.
 */
export const taskFailureCauses = ['nondeterminism', 'error', 'tooLarge', 'other'] as const;
export type TaskFailureCause = (typeof taskFailureCauses)[number];

export type TaskFailure = { readonly runId: string; readonly cause: TaskFailureCause };

/** By the SDK's names. */
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
