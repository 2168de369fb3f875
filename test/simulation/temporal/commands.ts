/** Carries out what a workflow has commanded, once its task is recorded. */
import type { temporal } from '@temporalio/proto';
import { ActivityTask, type ActivityEnd, type ActivityEnvironment } from './activity-task.js';
import { times } from './faults.js';
import { job, type Job } from './job.js';
import { canceledFailure, millisecondsOf, sizeOf, type Payload } from './payloads.js';
import type { Run, Status, UpdateOutcome } from './run.js';
import type { Command } from './workflow-code.js';

export type CommandEnvironment = ActivityEnvironment & {
  /** Something has happened to this run. */
  readonly happened: (run: Run, what: Job, bytes?: number) => void;
  readonly close: (run: Run, status: Status) => void;
  readonly continueAsNew: (run: Run, input: readonly Payload[]) => void;
  /** @returns false if no such workflow runs */
  readonly signal: (workflowId: string, name: string, input: readonly Payload[]) => boolean;
  readonly listed: (run: Run) => void;
};

export function carryOut(run: Run, command: Command, environment: CommandEnvironment): void {
  run.events += 1;
  run.bytes += 200;
  if (command.startTimer) startTimer(run, command.startTimer, environment);
  else if (command.cancelTimer) cancelTimer(run, command.cancelTimer.seq ?? 0);
  else if (command.scheduleActivity) schedule(run, command.scheduleActivity, environment);
  else if (command.requestCancelActivity) {
    run.activities.get(command.requestCancelActivity.seq ?? 0)?.cancel();
  } else if (command.signalExternalWorkflowExecution) {
    signalOther(run, command.signalExternalWorkflowExecution, environment);
  } else if (command.updateResponse) respond(run, command.updateResponse);
  else if (command.upsertWorkflowSearchAttributes) {
    const { searchAttributes } = command.upsertWorkflowSearchAttributes;
    Object.assign(run.searchAttributes, indexed(searchAttributes));
    environment.listed(run);
  } else if (command.modifyWorkflowProperties) {
    Object.assign(run.memo, command.modifyWorkflowProperties.upsertedMemo?.fields);
  } else end(run, command, environment);
}

/** The SDK gives them in one of two shapes. */
function indexed(given: unknown): Record<string, Payload> {
  const { indexedFields } = given as { indexedFields?: Record<string, Payload> };
  return indexedFields ?? (given as Record<string, Payload>);
}

function end(run: Run, command: Command, { close, continueAsNew }: CommandEnvironment): void {
  if (command.completeWorkflowExecution) {
    run.result = command.completeWorkflowExecution.result ?? undefined;
    close(run, 'COMPLETED');
  } else if (command.failWorkflowExecution) close(run, 'FAILED');
  else if (command.cancelWorkflowExecution) close(run, 'CANCELLED');
  else if (command.continueAsNewWorkflowExecution) {
    continueAsNew(run, command.continueAsNewWorkflowExecution.arguments ?? []);
  } else if (!command.scheduleLocalActivity && !command.requestCancelLocalActivity) {
    throw new Error(`a command that the simulation does not know: ${Object.keys(command).join()}`);
  }
}

function startTimer(
  run: Run,
  { seq, startToFireTimeout }: NonNullable<Command['startTimer']>,
  { time, random, faults, happened }: CommandEnvironment,
): void {
  const late = faults.lateTimer === 0 ? 0 : random.skewed(0, faults.lateTimer);
  const number = seq ?? 0;
  const fire = () => {
    run.timers.delete(number);
    happened(run, job('fireTimer', { seq: number }));
  };
  run.timers.set(number, time.after((millisecondsOf(startToFireTimeout) ?? 0) + late, fire));
}

function cancelTimer(run: Run, seq: number): void {
  run.timers.get(seq)?.cancel();
  run.timers.delete(seq);
}

function schedule(
  run: Run,
  scheduled: NonNullable<Command['scheduleActivity']>,
  environment: CommandEnvironment,
): void {
  const seq = scheduled.seq ?? 0;
  const { workflowId, runId, workflowType } = run.start;
  run.bytes += sizeOf(scheduled.arguments);
  const ended = (how: ActivityEnd) => {
    run.activities.delete(seq);
    const [result, bytes] = resultOf(activity, how);
    run.events += 2;
    environment.happened(run, job('resolveActivity', { seq, result }), bytes);
  };
  const of = { workflowId, runId, workflowType };
  const activity: ActivityTask = new ActivityTask(scheduled, of, environment, ended);
  run.activities.set(seq, activity);
}

type Result = NonNullable<NonNullable<Job['resolveActivity']>['result']>;

function resultOf(activity: ActivityTask, end: ActivityEnd): [Result, number] {
  if (end.is === 'completed') return [{ completed: { result: end.result } }, sizeOf([end.result])];
  if (end.is === 'canceled')
    return [{ cancelled: { failure: activity.wrapped(canceledFailure) } }, 100];
  return [{ failed: { failure: activity.wrapped(end.failure) } }, 1_000];
}

function signalOther(
  run: Run,
  {
    seq,
    workflowExecution,
    signalName,
    args,
  }: NonNullable<Command['signalExternalWorkflowExecution']>,
  { time, random, signal, happened }: CommandEnvironment,
): void {
  const number = seq ?? 0;
  time.after(times.dispatch(random), () => {
    if (!run.isRunning) return;
    const isThere = signal(workflowExecution?.workflowId ?? '', signalName ?? '', args ?? []);
    const failure: temporal.api.failure.v1.IFailure = {
      message: 'no such workflow runs',
      applicationFailureInfo: { type: 'ExternalWorkflowExecutionNotFound', nonRetryable: true },
    };
    happened(
      run,
      job('resolveSignalExternalWorkflow', isThere ? { seq: number } : { seq: number, failure }),
    );
  });
}

function respond(run: Run, response: NonNullable<Command['updateResponse']>): void {
  const update = run.updates.get(response.protocolInstanceId ?? '');
  if (!update || response.accepted) return;
  const outcome: UpdateOutcome = response.completed
    ? { succeeded: [response.completed] }
    : { failed: response.rejected ?? {} };
  update.outcome = outcome;
  for (const done of update.waiting.splice(0)) done(outcome);
}
