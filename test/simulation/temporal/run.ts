/** One run of a workflow as the server keeps it, and its copy in a worker's cache. */
import type { Entry } from '../host/virtual-time.js';
import type { ActivityTask } from './activity-task.js';
import type { Job } from './job.js';
import type { Payload, ProtoFailure } from './payloads.js';
import type { SimulatedWorker } from './worker.js';
import type { Command, Start, WorkflowCode } from './workflow-code.js';

export type Status =
  | 'RUNNING'
  | 'COMPLETED'
  | 'FAILED'
  | 'CANCELLED'
  | 'TERMINATED'
  | 'CONTINUED_AS_NEW'
  | 'TIMED_OUT';

/** One activation of a completed task: what a replay repeats. */
export type Recorded = {
  readonly at: number;
  readonly jobs: readonly Job[];
  /** What the code commanded, in short: a replay must command the same. */
  readonly commanded: readonly string[];
  readonly historyLength: number;
  readonly historySize: number;
  readonly continueAsNewSuggested: boolean;
};

export type UpdateOutcome =
  { readonly succeeded: readonly Payload[] } | { readonly failed: ProtoFailure };

export type Update = {
  readonly id: string;
  outcome?: UpdateOutcome;
  readonly waiting: ((outcome: UpdateOutcome | undefined) => void)[];
};

/** A workflow task in a worker's hands. */
export type WorkflowTask = {
  worker: SimulatedWorker | undefined;
  /** Events that come back if the task is lost. */
  jobs: Job[];
  activations: Recorded[];
  commands: Command[];
  /** Local activities that have not ended. */
  local: number;
};

export class Run {
  status: Status = 'RUNNING';
  closedAt: number | undefined;
  /** Of a completed run. */
  result: Payload | undefined;
  /** As `terminate` was given it. */
  terminatedBecause: string | undefined;
  readonly history: Recorded[] = [];
  /** Numbers of the history's events and bytes, counted as the server does, roughly. */
  events = 3;
  bytes: number;
  /** Signals since the start. */
  signals = 0;
  /** Events since the last task. */
  waiting: Job[] = [];
  task: WorkflowTask | undefined;
  /** Failed tasks in a row. */
  failures = 0;
  readonly timers = new Map<number, Entry>();
  readonly activities = new Map<number, ActivityTask>();
  readonly updates = new Map<string, Update>();
  memo: Record<string, Payload>;
  searchAttributes: Record<string, Payload>;
  /** In a worker's cache; dropped with the worker, or when a task is lost. */
  cached: { readonly code: WorkflowCode; readonly worker: SimulatedWorker } | undefined;
  /** Callers that wait for the task in flight. */
  readonly afterTask: (() => void)[] = [];

  readonly start: Start;
  readonly input: readonly Payload[];

  constructor(
    start: Start,
    input: readonly Payload[],
    { memo = {}, searchAttributes = {} }: Partial<Pick<Run, 'memo' | 'searchAttributes'>>,
  ) {
    this.start = start;
    this.input = input;
    this.memo = memo;
    this.searchAttributes = searchAttributes;
    this.bytes = 1_000 + input.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  }

  get isRunning(): boolean {
    return this.status === 'RUNNING';
  }

  /** Ends what a closed run no longer waits for. */
  release(): void {
    for (const timer of this.timers.values()) timer.cancel();
    for (const activity of this.activities.values()) activity.abandon();
    for (const { waiting, outcome } of this.updates.values()) {
      for (const done of waiting.splice(0)) done(outcome);
    }
    for (const done of this.afterTask.splice(0)) done();
    this.timers.clear();
    this.activities.clear();
    this.waiting = [];
    this.task = undefined;
    this.cached = undefined;
  }
}
