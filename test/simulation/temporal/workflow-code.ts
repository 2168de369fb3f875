/**
 * A workflow in a worker's cache: the real workflow function on the real workflow library of Temporal's SDK,
 * activated as a worker does, without the sandbox around it. Synchronous code and promises only: an
 * activation ends when nothing can go on.
 */
import type { coresdk } from '@temporalio/proto';
import { Activator } from '@temporalio/workflow/lib/internals.js';
import {
  activate,
  concludeActivation,
  initialize,
  tryUnblockConditions,
} from '@temporalio/workflow/lib/worker-interface.js';
import * as workflows from '../../../workflows/index.js';
import { settle, type VirtualTime } from '../host/virtual-time.js';
import type { Job } from './job.js';

export type Command = coresdk.workflow_commands.IWorkflowCommand;

export type Start = {
  readonly workflowId: string;
  readonly runId: string;
  readonly firstRunId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly startedAt: number;
  /** Bytes that seed the workflow's random numbers. */
  readonly randomnessSeed: readonly number[];
};

export type Activation = {
  readonly at: number;
  readonly isReplaying: boolean;
  readonly jobs: readonly Job[];
  readonly historyLength: number;
  readonly historySize: number;
  readonly continueAsNewSuggested: boolean;
};

/** A workflow task failed: the code has thrown something that is no failure of Temporal's. */
export class WorkflowTaskFailed extends Error {
  override readonly name = 'WorkflowTaskFailed';
}

const globals = globalThis as { __TEMPORAL_ACTIVATOR__?: unknown };

export class WorkflowCode {
  readonly #activator: Activator;

  readonly #time: VirtualTime;

  constructor(start: Start, time: VirtualTime, localActivities: ReadonlySet<string>) {
    this.#time = time;
    const { startedAt, randomnessSeed, firstRunId, ...rest } = start;
    const began = new Date(startedAt);
    const options = {
      info: {
        ...rest,
        ...{ firstExecutionRunId: firstRunId, namespace: 'default', attempt: 1 },
        ...{ startTime: began, runStartTime: began, historyLength: 0, historySize: 0 },
        ...{ searchAttributes: {}, memo: {}, taskTimeoutMs: 10_000 },
        ...{ continueAsNewSuggested: false, targetWorkerDeploymentVersionChanged: false },
        unsafe: {
          ...{ now: Date.now, random: Math.random },
          ...{ isReplaying: false, isReplayingHistoryEvents: false },
        },
      },
      ...{ now: startedAt, randomnessSeed: [...randomnessSeed], showStackTraceSources: false },
      getTimeOfDay: () => 0n,
      registeredActivityNames: localActivities,
      stackTracesEnabled: false,
    };
    this.#activator = new Activator(
      options as unknown as ConstructorParameters<typeof Activator>[0],
    );
    const code = (workflows as Record<string, unknown>)[start.workflowType];
    if (typeof code !== 'function') throw new TypeError(`no workflow ${start.workflowType}`);
    this.#activator.workflow = code as NonNullable<Activator['workflow']>;
  }

  /** @throws WorkflowTaskFailed */
  activate(activation: Activation): Promise<readonly Command[]> {
    return this.#time.alone(() => this.#activate(activation));
  }

  async #activate(activation: Activation): Promise<readonly Command[]> {
    const { at, isReplaying, historyLength, historySize, continueAsNewSuggested } = activation;
    const activator = this.#activator;
    globals.__TEMPORAL_ACTIVATOR__ = activator;
    activator.now = at;
    activator.mutateWorkflowInfo((info) => ({
      ...info,
      ...{ historyLength, historySize, continueAsNewSuggested },
      unsafe: { ...info.unsafe, isReplaying, isReplayingHistoryEvents: isReplaying },
    }));
    try {
      return await this.#run(activation.jobs);
    } catch (error) {
      throw new WorkflowTaskFailed(error instanceof Error ? error.stack : String(error));
    } finally {
      activator.getAndResetSinkCalls();
      globals.__TEMPORAL_ACTIVATOR__ = undefined;
    }
  }

  async #run(given: readonly Job[]): Promise<readonly Command[]> {
    // The library takes the first job out of the list.
    const jobs = given.map((job) => ({ ...job }));
    const [first] = jobs;
    if (first?.initializeWorkflow) initialize(first.initializeWorkflow);
    activate({ jobs });
    do await settle();
    while (tryUnblockConditions() > 0);
    return concludeActivation().successful?.commands ?? [];
  }
}
