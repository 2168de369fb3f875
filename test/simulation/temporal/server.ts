/**
 * A Temporal server with its workers, as far as Baton needs one: runs, signals, updates, queries, timers,
 * activities at least once, search attributes that lag behind. Not modelled: schedules (the world starts what
 * they would), child workflows, resets, several namespaces.
 */
import type { VirtualTime } from '../host/virtual-time.js';
import { carryOut } from './commands.js';
import { times, type Conditions } from './faults.js';
import { job, type Job } from './job.js';
import { sizeOf, type Payload } from './payloads.js';
import { Run, type Status, type Update, type UpdateOutcome } from './run.js';
import type { SimulatedWorker } from './worker.js';
import type { Command } from './workflow-code.js';
import { WorkflowTasks } from './workflow-tasks.js';

export type StartOptions = {
  readonly workflowId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly input: readonly Payload[];
  readonly memo?: Record<string, Payload>;
  readonly searchAttributes?: Record<string, Payload>;
  /** Of the schedule's run before. */
  readonly lastResult?: Payload;
};

/** What the server does to a run that has grown beyond it. */
const most = { events: 51_200, bytes: 50 * 1024 * 1024, signals: 10_000 };

export type ServerOptions = Conditions & {
  readonly time: VirtualTime;
  /** A replay differs, a workflow task fails, a run is ended for its size. */
  readonly report: (run: Run, what: string) => void;
  /** A fault has ended a worker's process. */
  readonly onCrash?: (worker: SimulatedWorker) => void;
};

export class SimulatedTemporal {
  /** All runs of a workflow id, the present one last. */
  readonly runs = new Map<string, Run[]>();
  /** Runs as searches find them. */
  readonly listed = new Map<
    string,
    {
      readonly run: Run;
      readonly searchAttributes: Run['searchAttributes'];
      readonly status: Status;
      readonly order: number;
    }
  >();
  /** Is given each command when it is recorded. */
  watch: ((run: Run, command: Command) => void) | undefined;
  #workers: SimulatedWorker[] = [];
  #listings = 0;
  readonly #awaitingWorker: (() => void)[] = [];
  readonly #options: ServerOptions;
  readonly #tasks: WorkflowTasks;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#tasks = new WorkflowTasks({
      ...{ time: options.time, random: options.random, report: options.report },
      get faults() {
        return options.faults;
      },
      nextWorker: (preferred) => this.#nextWorker(preferred),
      crash: (worker) => {
        worker.kill();
        options.onCrash?.(worker);
      },
      record: (run, commands) => this.#record(run, commands),
    });
  }

  /** The workers that poll from now on. */
  use(workers: readonly SimulatedWorker[]): void {
    this.#workers = [...workers];
    for (const go of this.#awaitingWorker.splice(0)) go();
  }

  /** A process takes the place of one that has crashed, unless others have taken over. */
  replace(crashed: SimulatedWorker, by: () => SimulatedWorker): void {
    if (this.#workers.includes(crashed)) this.use([...this.workers, by()]);
  }

  get workers(): readonly SimulatedWorker[] {
    return this.#workers.filter(({ isDead }) => !isDead);
  }

  async #nextWorker(preferred?: SimulatedWorker): Promise<SimulatedWorker> {
    for (;;) {
      const { workers } = this;
      if (preferred && workers.includes(preferred)) return preferred;
      if (workers.length > 0) return this.#options.random.pick(workers);
      await new Promise<void>((resolve) => this.#awaitingWorker.push(resolve));
    }
  }

  /** The present run, if it runs. */
  running(workflowId: string, runId = ''): Run | undefined {
    const run = this.latest(workflowId, runId);
    return run?.isRunning ? run : undefined;
  }

  latest(workflowId: string, runId = ''): Run | undefined {
    const runs = this.runs.get(workflowId) ?? [];
    return runId === '' ? runs.at(-1) : runs.find(({ start }) => start.runId === runId);
  }

  /** @returns the run that runs already, or a new one */
  start(options: StartOptions): Run {
    return this.running(options.workflowId) ?? this.#begin(options);
  }

  #begin(
    { workflowId, workflowType, taskQueue, input, lastResult, ...more }: StartOptions,
    firstRunId?: string,
  ): Run {
    const { random, time } = this.#options;
    const randomnessSeed = Array.from({ length: 8 }, () => random.integer(0, 255));
    const runId = `run-${time.now.toString(36)}-${random.integer(0, 2 ** 31).toString(36)}`;
    const start = {
      ...{ workflowId, runId, firstRunId: firstRunId ?? runId, workflowType, taskQueue },
      ...{ startedAt: time.now, randomnessSeed },
    };
    const run = new Run(start, input, more);
    const runs = this.runs.get(workflowId) ?? [];
    this.runs.set(workflowId, [...runs, run]);
    const { memo, searchAttributes } = run;
    run.waiting.push(
      job('initializeWorkflow', {
        ...{ workflowId, workflowType, arguments: [...input], memo: { fields: memo } },
        searchAttributes: { indexedFields: searchAttributes },
        ...(lastResult && { lastCompletionResult: { payloads: [lastResult] } }),
      }),
    );
    this.#list(run);
    this.#tasks.wake(run);
    return run;
  }

  /** @throws RangeError when the run takes no more signals */
  signal(run: Run, name: string, input: readonly Payload[]): void {
    if (run.signals >= most.signals) throw new RangeError('too many signals');
    run.signals += 1;
    this.#happened(
      run,
      job('signalWorkflow', { signalName: name, input: [...input] }),
      sizeOf(input),
    );
  }

  /** Resolves with the outcome; `undefined` when the run ends before. The same id is the same update. */
  update(
    run: Run,
    {
      id,
      name,
      input,
    }: { readonly id: string; readonly name: string; readonly input: readonly Payload[] },
  ): Promise<UpdateOutcome | undefined> {
    const known = run.updates.get(id);
    const update: Update = known ?? { id, waiting: [] };
    if (!known) {
      run.updates.set(id, update);
      const asked = { id, protocolInstanceId: id, name, input: [...input], runValidator: true };
      this.#happened(run, job('doUpdate', asked), sizeOf(input));
    }
    if (update.outcome) return Promise.resolve(update.outcome);
    return new Promise((resolve) => update.waiting.push(resolve));
  }

  /** Resolves with the answer's payload, or the failure. */
  async query(
    run: Run,
    name: string,
    input: readonly Payload[],
  ): Promise<Command['respondToQuery']> {
    const { time, random } = this.#options;
    await time.pass(times.dispatch(random));
    while (run.task) await new Promise<void>((resolve) => run.afterTask.push(resolve));
    const worker = await this.#nextWorker(run.cached?.worker);
    return this.#tasks.query(run, worker, { name, input });
  }

  terminate(run: Run, reason: string): void {
    run.terminatedBecause = reason;
    this.#close(run, 'TERMINATED');
  }

  #happened(run: Run, what: Job, bytes = 0): void {
    if (!run.isRunning) return;
    run.events += 1;
    run.bytes += bytes + 150;
    run.waiting.push(what);
    if (run.events > most.events || run.bytes > most.bytes) {
      this.#options.report(run, 'the server ended a run for its size');
      this.terminate(run, 'the history is too large');
      return;
    }
    this.#tasks.wake(run);
  }

  #record(run: Run, commands: readonly Command[]): void {
    const options = this.#options;
    const environment = {
      ...{ time: options.time, random: options.random, faults: options.faults },
      nextWorker: () => this.#nextWorker(),
      happened: (to: Run, what: Job, bytes?: number) => this.#happened(to, what, bytes),
      close: (one: Run, status: Status) => this.#close(one, status),
      continueAsNew: (one: Run, input: readonly Payload[]) => this.#continueAsNew(one, input),
      signal: (workflowId: string, name: string, input: readonly Payload[]) => {
        const other = this.running(workflowId);
        if (other) this.signal(other, name, input);
        return other !== undefined;
      },
      listed: (one: Run) => this.#list(one),
    };
    for (const command of commands) {
      this.watch?.(run, command);
      carryOut(run, command, environment);
    }
  }

  #close(run: Run, status: Status): void {
    run.status = status;
    run.closedAt = this.#options.time.now;
    run.release();
    this.#list(run);
  }

  #continueAsNew(run: Run, input: readonly Payload[]): void {
    const { workflowId, workflowType, taskQueue, firstRunId } = run.start;
    this.#close(run, 'CONTINUED_AS_NEW');
    const { memo, searchAttributes } = run;
    const more = { memo: { ...memo }, searchAttributes: { ...searchAttributes } };
    this.#begin({ workflowId, workflowType, taskQueue, input, ...more }, firstRunId);
  }

  /** Searches find it a little later; an older change never replaces a newer one. */
  #list(run: Run): void {
    const { time, random } = this.#options;
    const searchAttributes = { ...run.searchAttributes };
    const { status } = run;
    const { runId } = run.start;
    this.#listings += 1;
    const order = this.#listings;
    time.after(times.visibility(random), () => {
      if (order < (this.listed.get(runId)?.order ?? 0)) return;
      this.listed.set(runId, { run, searchAttributes, status, order });
    });
  }
}
