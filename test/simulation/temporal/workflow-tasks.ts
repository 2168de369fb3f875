/**
 * Workflow tasks: one at a time for a run. A task takes what has happened to a worker, whose commands the
 * server records with it, or not at all: then what has happened comes back in a next task, which repeats the
 * run from its history.
 *
 * A task that ends the run while something new has happened is refused, as on the server: nothing that was
 * accepted is lost in the end of a run.
 */
import { times, type Conditions } from './faults.js';
import { inOrder, job, type Job } from './job.js';
import { LocalActivity } from './local-activities.js';
import type { Payload } from './payloads.js';
import type { Recorded, Run, WorkflowTask } from './run.js';
import type { SimulatedWorker } from './worker.js';
import { WorkflowCode, WorkflowTaskFailed, type Command } from './workflow-code.js';
import type { VirtualTime } from '../host/virtual-time.js';

export type TaskEnvironment = Conditions & {
  readonly time: VirtualTime;
  readonly nextWorker: (preferred: SimulatedWorker | undefined) => Promise<SimulatedWorker>;
  /** The worker's process ends at once. */
  readonly crash: (worker: SimulatedWorker) => void;
  /** Records the commands of a task. */
  readonly record: (run: Run, commands: readonly Command[]) => void;
  /** A replay commanded something else, or a task failed: a violation. */
  readonly report: (run: Run, what: string) => void;
};

const endings = [
  'completeWorkflowExecution',
  'failWorkflowExecution',
  'cancelWorkflowExecution',
  'continueAsNewWorkflowExecution',
] as const;

export class WorkflowTasks {
  readonly #environment: TaskEnvironment;
  /** By run: local activities in a worker's hands, by number. */
  readonly #local = new WeakMap<Run, Map<number, LocalActivity>>();

  constructor(environment: TaskEnvironment) {
    this.#environment = environment;
  }

  /** Something has happened to this run: a task follows, unless there is one. */
  wake(run: Run, after = times.dispatch(this.#environment.random)): void {
    if (!run.isRunning || run.task || run.waiting.length === 0) return;
    const task: WorkflowTask = {
      worker: undefined,
      jobs: [],
      activations: [],
      commands: [],
      local: 0,
    };
    run.task = task;
    this.#environment.time.after(after, () => void this.#dispatch(run, task));
  }

  async #dispatch(run: Run, task: WorkflowTask): Promise<void> {
    const { random, nextWorker, time } = this.#environment;
    if (random.chance(this.#environment.faults.eviction)) run.cached = undefined;
    const worker = await nextWorker(run.cached?.worker);
    if (run.task !== task) return;
    task.worker = worker;
    if (random.chance(this.#environment.faults.lostTask)) this.#environment.crash(worker);
    time.after(times.taskTimeout, () => this.#timedOut(run, task));
    this.#heartbeat(run, task);
    const isReady = await this.#load(run, task);
    if (!isReady || run.task !== task) return;
    await this.#advance(run, task, run.waiting.splice(0));
  }

  /** Answers a query from the worker's cache, which is filled before if it is empty. */
  async query(
    run: Run,
    worker: SimulatedWorker,
    { name, input }: { readonly name: string; readonly input: readonly Payload[] },
  ): Promise<Command['respondToQuery']> {
    const code =
      run.cached?.worker === worker
        ? run.cached.code
        : await this.#replayed(run, worker, new Map());
    const asked = job('queryWorkflow', { queryId: 'q', queryType: name, arguments: [...input] });
    const at = this.#present(run);
    const commands = await code.activate({ ...at, jobs: [asked], isReplaying: false });
    return commands.find(({ respondToQuery }) => respondToQuery)?.respondToQuery;
  }

  /** What an activation is told of its time and its history. */
  #present(run: Run) {
    const { time, faults } = this.#environment;
    const continueAsNewSuggested = faults.suggestAfter > 0 && run.events >= faults.suggestAfter;
    const history = { historyLength: run.events, historySize: run.bytes, continueAsNewSuggested };
    return { at: time.now, ...history };
  }

  /** A task that is still with its worker then is over for the server. */
  #timedOut(run: Run, task: WorkflowTask): void {
    if (run.task !== task) return;
    if (task.worker?.isDead === false && task.local > 0) {
      this.#environment.time.after(times.taskTimeout, () => this.#timedOut(run, task));
      return;
    }
    this.#lose(run, task, 0);
  }

  /** While local activities run, what has been done is recorded, and news come in. */
  #heartbeat(run: Run, task: WorkflowTask): void {
    this.#environment.time.after(times.heartbeat, () => {
      if (run.task !== task || !task.worker || task.worker.isDead || task.local === 0) return;
      this.#commit(run, task);
      this.#heartbeat(run, task);
      if (run.waiting.length > 0) void this.#advance(run, task, run.waiting.splice(0));
    });
  }

  #lose(run: Run, task: WorkflowTask, after: number): void {
    run.task = undefined;
    run.cached = undefined;
    this.#local.delete(run);
    run.waiting = [...task.jobs.filter((one) => !one.resolveActivity?.isLocal), ...run.waiting];
    this.wake(run, after);
  }

  /** Brings the run into the worker's cache: from its history if it is not there. */
  async #load(run: Run, task: WorkflowTask): Promise<boolean> {
    const { worker } = task;
    if (!worker || worker.isDead) return false;
    if (run.cached?.worker === worker) return true;
    this.#local.delete(run);
    const local = new Map<number, Command>();
    const code = await this.#replayed(run, worker, local);
    run.cached = { code, worker };
    // What ran within a lost task runs again.
    for (const command of local.values()) this.#startLocal(run, task, command);
    return true;
  }

  /** @param local is given the local activities that have not ended */
  async #replayed(
    run: Run,
    worker: SimulatedWorker,
    local: Map<number, Command>,
  ): Promise<WorkflowCode> {
    const code = new WorkflowCode(
      run.start,
      this.#environment.time,
      new Set(Object.keys(worker.activities)),
    );
    for (const recorded of run.history) {
      const commands = await code.activate({ ...recorded, isReplaying: true });
      const commanded = commands.map(inShort);
      if (commanded.join() !== recorded.commanded.join()) {
        this.#environment.report(
          run,
          `replay: ${commanded.join()} instead of ${recorded.commanded.join()}`,
        );
      }
      followLocal(local, recorded.jobs, commands);
    }
    return code;
  }

  async #advance(run: Run, task: WorkflowTask, jobs: readonly Job[]): Promise<void> {
    const { worker } = task;
    // Should the worker be dead, they come back when the task times out.
    task.jobs.push(...jobs);
    if (!worker || worker.isDead || !run.cached) return;
    const at = this.#present(run);
    const given = inOrder(jobs);
    let commands: readonly Command[];
    try {
      commands = await run.cached.code.activate({ ...at, jobs: given, isReplaying: false });
    } catch (error) {
      this.#failed(run, task, error);
      return;
    }
    if (run.task !== task) return;
    run.failures = 0;
    const recorded = { ...at, ...withoutRejected(given, commands) };
    if (recorded.jobs.length > 0 || recorded.commanded.length > 0) task.activations.push(recorded);
    task.commands.push(...commands);
    for (const command of commands) {
      if (command.scheduleLocalActivity) this.#startLocal(run, task, command);
      const seq = command.requestCancelLocalActivity?.seq;
      if (seq) this.#local.get(run)?.get(seq)?.cancel();
    }
    const atOnce = canceledAtOnce(run, commands);
    if (atOnce.length > 0) return this.#advance(run, task, atOnce);
    if (task.local === 0) this.#complete(run, task);
  }

  #failed(run: Run, task: WorkflowTask, error: unknown): void {
    if (!(error instanceof WorkflowTaskFailed)) throw error;
    run.failures += 1;
    this.#environment.report(run, `a workflow task failed: ${error.message}`);
    this.#lose(run, task, times.retryOfFailedTask(run.failures));
  }

  #startLocal(run: Run, task: WorkflowTask, { scheduleLocalActivity }: Command): void {
    const seq = scheduleLocalActivity?.seq;
    if (!scheduleLocalActivity || !seq || !task.worker) return;
    const running = this.#local.get(run) ?? new Map<number, LocalActivity>();
    this.#local.set(run, running);
    task.local += 1;
    const at = { run, worker: task.worker, time: this.#environment.time };
    const resolve = (resolved: Job) => {
      running.delete(seq);
      if (run.task !== task) return;
      task.local -= 1;
      void this.#advance(run, task, [resolved]);
    };
    running.set(seq, new LocalActivity(scheduleLocalActivity, at, resolve));
  }

  /** The worker reports the task as done. */
  #complete(run: Run, task: WorkflowTask): void {
    const { time, random } = this.#environment;
    time.after(times.commit(random), () => {
      if (run.task !== task || task.local > 0) return;
      if (task.worker?.isDead) return;
      const isEnding = task.commands.some((one) => endings.some((ending) => one[ending]));
      if (isEnding && run.waiting.length > 0) {
        this.#lose(run, task, 0);
        return;
      }
      this.#commit(run, task);
      run.task = undefined;
      for (const done of run.afterTask.splice(0)) done();
      this.wake(run);
    });
  }

  #commit(run: Run, task: WorkflowTask): void {
    run.history.push(...task.activations);
    run.events += 3;
    const commands = task.commands.splice(0);
    task.activations = [];
    task.jobs = [];
    this.#environment.record(run, commands);
  }
}

/** Local activities that are scheduled and have not ended. */
function followLocal(
  local: Map<number, Command>,
  jobs: readonly Job[],
  commands: readonly Command[],
): void {
  for (const { resolveActivity } of jobs) {
    if (resolveActivity?.isLocal) local.delete(resolveActivity.seq ?? 0);
  }
  for (const command of commands) {
    const seq = command.scheduleLocalActivity?.seq;
    if (seq) local.set(seq, command);
  }
}

/** A rejected update leaves no trace in the history. */
function withoutRejected(
  jobs: readonly Job[],
  commands: readonly Command[],
): Pick<Recorded, 'jobs' | 'commanded'> {
  const rejected = new Set<string>();
  const accepted = new Set<string>();
  for (const { updateResponse } of commands) {
    const id = updateResponse?.protocolInstanceId ?? '';
    if (updateResponse?.accepted) accepted.add(id);
    if (updateResponse?.rejected && !accepted.has(id)) rejected.add(id);
  }
  const isRejected = (id: string | null | undefined) => rejected.has(id ?? '');
  return {
    jobs: jobs
      .filter(({ doUpdate }) => !doUpdate || !isRejected(doUpdate.protocolInstanceId))
      .map((one) =>
        one.doUpdate ? job('doUpdate', { ...one.doUpdate, runValidator: false }) : one,
      ),
    commanded: commands
      .filter(
        ({ updateResponse }) =>
          !(updateResponse?.rejected && isRejected(updateResponse.protocolInstanceId)),
      )
      .map(inShort),
  };
}

/** The protocol's values of `ActivityCancellationType`. */
const waitsForCancellation = 1;

/** Activities that are not waited for once they are cancelled. */
function canceledAtOnce(run: Run, commands: readonly Command[]): readonly Job[] {
  return commands.flatMap(({ requestCancelActivity }) => {
    const activity = run.activities.get(requestCancelActivity?.seq ?? -1);
    if (!activity || activity.cancellationType === waitsForCancellation) return [];
    const resolved = activity.canceledJob();
    return resolved ? [resolved] : [];
  });
}

/** A command's name and number: what must be the same in a replay. */
export function inShort(command: Command): string {
  const [name] = Object.entries(command).find(
    ([key, value]) => value && key !== 'userMetadata' && key !== 'eventGroupMarkers',
  ) ?? ['nothing'];
  const { seq, activityType } =
    (command as Record<string, { seq?: number; activityType?: string }>)[name] ?? {};
  return [name, seq, activityType].filter((part) => part !== undefined).join(' ');
}
