/**
 * An activity as the server schedules it: attempts on workers, time-outs, retries, cancellation. At least
 * once: an attempt whose result is lost may have done its work.
 */
import { asyncLocalStorage, Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import type { coresdk } from '@temporalio/proto';
import type { Entry, VirtualTime } from '../host/virtual-time.js';
import { times, type Conditions } from './faults.js';
import { job, type Job } from './job.js';
import {
  activityFailure,
  canceledFailure,
  failureOf,
  fromPayloads,
  millisecondsOf,
  timeoutFailure,
  toPayload,
  type Payload,
  type ProtoFailure,
} from './payloads.js';
import { present, type SimulatedWorker } from './worker.js';

export type Scheduled = coresdk.workflow_commands.IScheduleActivity;

export type ActivityEnd =
  | { readonly is: 'completed'; readonly result: Payload }
  | { readonly is: 'failed'; readonly failure: ProtoFailure }
  | { readonly is: 'canceled' };

export type ActivityOf = {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
};

export type ActivityEnvironment = Conditions & {
  readonly time: VirtualTime;
  /** A worker that lives; waits for one. */
  readonly nextWorker: () => Promise<SimulatedWorker>;
};

type Policy = {
  readonly initial: number;
  readonly coefficient: number;
  readonly most: number;
  readonly attempts: number;
  readonly nonRetryable: readonly string[];
};

export function policyOf({ retryPolicy }: Pick<Scheduled, 'retryPolicy'>): Policy {
  const initial = millisecondsOf(retryPolicy?.initialInterval) ?? 1_000;
  return {
    initial,
    coefficient: retryPolicy?.backoffCoefficient || 2,
    most: millisecondsOf(retryPolicy?.maximumInterval) ?? 100 * initial,
    attempts: retryPolicy?.maximumAttempts || Infinity,
    nonRetryable: retryPolicy?.nonRetryableErrorTypes ?? [],
  };
}

/** Milliseconds until the next attempt; `undefined`: there is none. */
export function pauseAfter(
  policy: Policy,
  attempt: number,
  failure: ProtoFailure,
): number | undefined {
  const application = failure.applicationFailureInfo;
  if (attempt >= policy.attempts || application?.nonRetryable) return undefined;
  if (application?.type && policy.nonRetryable.includes(application.type)) return undefined;
  const wanted = millisecondsOf(application?.nextRetryDelay);
  return wanted ?? Math.min(policy.initial * policy.coefficient ** (attempt - 1), policy.most);
}

export class ActivityTask {
  readonly #scheduled: Scheduled;
  readonly #of: ActivityOf;
  readonly #environment: ActivityEnvironment;
  readonly #end: (end: ActivityEnd) => void;
  readonly #scheduledAt: number;
  #attempt = 1;
  #hasEnded = false;
  #isRunning = false;
  #isCancelRequested = false;
  #pause: Entry | undefined;
  #overall: Entry | undefined;
  #lastFailure: ProtoFailure | undefined;

  constructor(
    scheduled: Scheduled,
    of: ActivityOf,
    environment: ActivityEnvironment,
    end: (end: ActivityEnd) => void,
  ) {
    this.#scheduled = scheduled;
    this.#of = of;
    this.#environment = environment;
    this.#end = end;
    this.#scheduledAt = environment.time.now;
    const limit = millisecondsOf(scheduled.scheduleToCloseTimeout);
    if (limit !== undefined) {
      this.#overall = environment.time.after(limit, () =>
        this.#finish({
          is: 'failed',
          failure: this.#lastFailure ?? timeoutFailure('scheduleToClose'),
        }),
      );
    }
    this.#dispatch();
  }

  get cancellationType(): number {
    return this.#scheduled.cancellationType ?? 0;
  }

  /** The job for code that does not wait for the end of a cancelled activity; the attempt goes on, and nobody waits for it. */
  canceledJob(): Job | undefined {
    if (this.#hasEnded) return undefined;
    this.#isCancelRequested = true;
    this.abandon();
    const seq = this.#scheduled.seq ?? 0;
    return job('resolveActivity', {
      seq,
      result: { cancelled: { failure: this.wrapped(canceledFailure) } },
    });
  }

  wrapped(cause: ProtoFailure): ProtoFailure {
    const { activityType, activityId } = this.#scheduled;
    return activityFailure(
      { activityType: activityType ?? '', activityId: activityId ?? '' },
      cause,
    );
  }

  cancel(): void {
    this.#isCancelRequested = true;
    if (!this.#isRunning) this.#finish({ is: 'canceled' });
  }

  /** The run is closed. */
  abandon(): void {
    this.#hasEnded = true;
    this.#pause?.cancel();
    this.#overall?.cancel();
  }

  #finish(end: ActivityEnd): void {
    if (this.#hasEnded) return;
    this.abandon();
    this.#end(end);
  }

  #dispatch(): void {
    const { time, random, nextWorker } = this.#environment;
    time.after(times.dispatch(random), () => void nextWorker().then((worker) => this.#run(worker)));
  }

  #run(worker: SimulatedWorker): void {
    if (this.#hasEnded || this.#isRunning) return;
    this.#isRunning = true;
    const { time, random, faults } = this.#environment;
    const controller = new AbortController();
    const attempt = this.#attempt;
    let isOver = false;
    const over = (end: ActivityEnd) => {
      if (isOver) return;
      isOver = true;
      for (const one of [limit, beat]) one?.cancel();
      this.#isRunning = false;
      if (!this.#hasEnded) this.#attempted(end);
    };
    const timeOut = (type: 'startToClose' | 'heartbeat') => () =>
      over({ is: 'failed', failure: timeoutFailure(type) });
    const longest = millisecondsOf(this.#scheduled.startToCloseTimeout);
    const limit = longest === undefined ? undefined : time.after(longest, timeOut('startToClose'));
    const every = millisecondsOf(this.#scheduled.heartbeatTimeout);
    const awaitBeat = () =>
      every === undefined ? undefined : time.after(every, timeOut('heartbeat'));
    let beat = awaitBeat();
    const heartbeat = () => {
      if (worker.isDead || isOver) return;
      beat?.cancel();
      beat = awaitBeat();
      const isWithdrawn = this.#isCancelRequested || this.#hasEnded;
      if (isWithdrawn) controller.abort(new CancelledFailure('CANCELLED'));
    };
    const isLost = random.chance(faults.lostResult);
    const report = (end: ActivityEnd) => {
      if (isLost || worker.isDead) return;
      time.after(times.commit(random), () => over(end));
    };
    this.#call(worker, { attempt, controller, heartbeat }).then(
      (result) => report({ is: 'completed', result: toPayload(result) }),
      (error: unknown) => report(this.#endOf(error, controller.signal)),
    );
  }

  #endOf(error: unknown, { aborted }: AbortSignal): ActivityEnd {
    const isCancellation =
      error instanceof CancelledFailure || (error instanceof Error && error.name === 'AbortError');
    return aborted && isCancellation
      ? { is: 'canceled' }
      : { is: 'failed', failure: failureOf(error) };
  }

  async #call(
    worker: SimulatedWorker,
    {
      attempt,
      controller,
      heartbeat,
    }: { attempt: number; controller: AbortController; heartbeat: () => void },
  ): Promise<unknown> {
    const { activityType, arguments: args } = this.#scheduled;
    const run = worker.activities[activityType ?? ''];
    if (!run) throw new Error(`no activity ${activityType}`);
    const context = createContext(this.#infoOf(attempt), controller.signal, heartbeat);
    const [input] = fromPayloads(args);
    return present.run(worker, () =>
      asyncLocalStorage.run(context, async () => run(input as never)),
    );
  }

  #infoOf(attempt: number) {
    const { activityId, activityType, taskQueue, ...limits } = this.#scheduled;
    return {
      ...{ activityId, activityType, taskQueue, attempt, isLocal: false, namespace: 'default' },
      ...{ workflowType: this.#of.workflowType, workflowExecution: this.#of, inWorkflow: true },
      scheduledTimestampMs: this.#scheduledAt,
      currentAttemptScheduledTimestampMs: this.#environment.time.now,
      scheduleToCloseTimeoutMs: millisecondsOf(limits.scheduleToCloseTimeout) ?? 0,
      startToCloseTimeoutMs: millisecondsOf(limits.startToCloseTimeout) ?? 0,
      heartbeatTimeoutMs: millisecondsOf(limits.heartbeatTimeout),
      priority: limits.priority,
      retryPolicy: limits.retryPolicy,
    };
  }

  #attempted(end: ActivityEnd): void {
    if (end.is === 'failed' && this.#isCancelRequested) this.#finish({ is: 'canceled' });
    else if (end.is === 'failed' && this.#isTriedAgain(end.failure))
      this.#lastFailure = end.failure;
    else this.#finish(end);
  }

  /** Schedules the next attempt, if there is one. */
  #isTriedAgain(failure: ProtoFailure): boolean {
    const pause = pauseAfter(policyOf(this.#scheduled), this.#attempt, failure);
    if (pause === undefined) return false;
    const until = millisecondsOf(this.#scheduled.scheduleToCloseTimeout) ?? Infinity;
    const { time } = this.#environment;
    // The server does not begin an attempt that could not end in time.
    if (time.now + pause > this.#scheduledAt + until) return false;
    this.#attempt += 1;
    this.#pause = time.after(pause, () => this.#dispatch());
    return true;
  }
}

const silent = () => undefined;
const log = {
  log: silent,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
};

/** As a worker gives it to an activity. */
export function createContext(info: object, signal: AbortSignal, heartbeat: () => void): Context {
  const cancelled = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  cancelled.catch(silent);
  const of = [info, cancelled, signal, heartbeat, undefined, log, undefined, {}];
  return new Context(...(of as unknown as ConstructorParameters<typeof Context>));
}
