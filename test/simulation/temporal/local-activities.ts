/**
 * Local activities: run by the worker within its workflow task. Their results are recorded with the task, so
 * that a lost task runs them again.
 */
import { asyncLocalStorage } from '@temporalio/activity';
import type { coresdk } from '@temporalio/proto';
import { createContext, pauseAfter, policyOf } from './activity-task.js';
import { job, type Job } from './job.js';
import {
  activityFailure,
  canceledFailure,
  failureOf,
  fromPayloads,
  millisecondsOf,
  timeoutFailure,
  toPayload,
  type ProtoFailure,
} from './payloads.js';
import { present, type SimulatedWorker } from './worker.js';
import type { Run } from './run.js';
import type { VirtualTime } from '../host/virtual-time.js';

export type ScheduledLocally = coresdk.workflow_commands.IScheduleLocalActivity;

type Result = NonNullable<coresdk.workflow_activation.IResolveActivity['result']>;

/** A longer pause than this is a timer of the workflow. */
const defaultThreshold = 60_000;

/** Runs all attempts; `resolve` is given the job that ends it. */
export class LocalActivity {
  readonly #scheduled: ScheduledLocally;
  readonly #run: Run;
  readonly #worker: SimulatedWorker;
  readonly #time: VirtualTime;
  readonly #resolve: (job: Job) => void;
  readonly #began: number;
  readonly #controller = new AbortController();
  #attempt: number;
  #hasEnded = false;

  constructor(
    scheduled: ScheduledLocally,
    at: { readonly run: Run; readonly worker: SimulatedWorker; readonly time: VirtualTime },
    resolve: (job: Job) => void,
  ) {
    this.#scheduled = scheduled;
    this.#run = at.run;
    this.#worker = at.worker;
    this.#time = at.time;
    this.#resolve = resolve;
    this.#began = at.time.now;
    this.#attempt = scheduled.attempt ?? 1;
    const limit = millisecondsOf(scheduled.scheduleToCloseTimeout);
    if (limit !== undefined)
      at.time.after(limit, () => this.#fail(timeoutFailure('scheduleToClose')));
    this.#try();
  }

  cancel(): void {
    this.#end({ cancelled: { failure: this.#wrapped(canceledFailure) } });
  }

  #try(): void {
    if (this.#hasEnded) return;
    const attempt = this.#attempt;
    let isOver = false;
    const over = (next: () => void) => {
      if (isOver || this.#hasEnded || this.#worker.isDead) return;
      isOver = true;
      limit?.cancel();
      next();
    };
    const longest = millisecondsOf(this.#scheduled.startToCloseTimeout);
    const tooLate = () => over(() => this.#failed(timeoutFailure('startToClose')));
    const limit = longest === undefined ? undefined : this.#time.after(longest, tooLate);
    this.#call(attempt).then(
      (result) => over(() => this.#end({ completed: { result: toPayload(result) } })),
      (error: unknown) => over(() => this.#failed(failureOf(error))),
    );
  }

  async #call(attempt: number): Promise<unknown> {
    const { activityType, activityId, arguments: args } = this.#scheduled;
    const { workflowId, runId, workflowType } = this.#run.start;
    const run = this.#worker.activities[activityType ?? ''];
    if (!run) throw new Error(`no activity ${activityType}`);
    const info = {
      ...{
        activityId,
        activityType,
        attempt,
        isLocal: true,
        namespace: 'default',
        inWorkflow: true,
      },
      ...{ workflowType, workflowExecution: { workflowId, runId } },
      scheduledTimestampMs: this.#began,
      currentAttemptScheduledTimestampMs: this.#time.now,
      scheduleToCloseTimeoutMs: millisecondsOf(this.#scheduled.scheduleToCloseTimeout) ?? 0,
      startToCloseTimeoutMs: millisecondsOf(this.#scheduled.startToCloseTimeout) ?? 0,
    };
    const context = createContext(info, this.#controller.signal, () => undefined);
    const [input] = fromPayloads(args);
    return present.run(this.#worker, () =>
      asyncLocalStorage.run(context, async () => run(input as never)),
    );
  }

  #failed(failure: ProtoFailure): void {
    const pause = pauseAfter(policyOf(this.#scheduled), this.#attempt, failure);
    if (pause === undefined) {
      this.#fail(failure);
      return;
    }
    this.#attempt += 1;
    const threshold = millisecondsOf(this.#scheduled.localRetryThreshold) ?? defaultThreshold;
    if (pause <= threshold) {
      this.#time.after(pause, () => this.#try());
      return;
    }
    const seconds = pause / 1_000;
    const backoffDuration = {
      seconds: Math.floor(seconds),
      nanos: Math.round((seconds % 1) * 1e9),
    };
    this.#end({ backoff: { attempt: this.#attempt, backoffDuration } } as unknown as Result);
  }

  #fail(failure: ProtoFailure): void {
    this.#end({ failed: { failure: this.#wrapped(failure) } });
  }

  #wrapped(failure: ProtoFailure): ProtoFailure {
    const { activityType, activityId } = this.#scheduled;
    return activityFailure(
      { activityType: activityType ?? '', activityId: activityId ?? '' },
      failure,
    );
  }

  #end(result: Result): void {
    if (this.#hasEnded || this.#worker.isDead) return;
    this.#hasEnded = true;
    this.#resolve(job('resolveActivity', { seq: this.#scheduled.seq ?? 0, isLocal: true, result }));
  }
}
