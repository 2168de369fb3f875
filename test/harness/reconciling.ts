/** The reconciler as a test runs it: its schedule, triggered by hand, and the report of each run. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  ScheduleOverlapPolicy,
  type ScheduleDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import { reconcilePlan } from '../../settings/reconcile-plan.js';
import { scheduleReconcile, type Scheduled } from '../../temporal/reconcile-schedule.js';
import {
  reconcileSchedule,
  reconcileWorkflow,
  taskQueues,
  type ReconcileReport,
} from '../../workflows/contract/index.js';
import type { BusinessSettings } from '../../settings/business.js';
import { eventually } from './eventually.js';
import type { World } from './world.js';

type ScheduleInfo = ScheduleDescription['info'];

/** Milliseconds. A run is named by the second in which it starts, so that a schedule starts one a second. */
const betweenRuns = 1_000;

export class Reconciling {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  get schedule() {
    return this.#world.temporal.client.schedule.getHandle(reconcileSchedule);
  }

  arrange(business: BusinessSettings = this.#world.business): Promise<Scheduled> {
    const { nativeConnection: connection, namespace = 'default' } = this.#world.temporal;
    const plan = reconcilePlan(business, this.#world.webhookUrl);
    return scheduleReconcile({ connection, namespace }, plan);
  }

  /** Starts a run; its workflow's id. */
  async begin(): Promise<string> {
    // Dates are to the second, and a second is only looked at when it is over.
    await this.#world.control.advance('1s');
    const before = await this.#untilFree();
    // With the schedule's own policy: it is what hands a run its predecessor's result.
    await this.schedule.trigger(ScheduleOverlapPolicy.SKIP);
    const taken = async () => (await this.#info()).numActionsTaken;
    await eventually(taken).toBe(before.numActionsTaken + 1);
    const { recentActions } = await this.#info();
    const started = recentActions.at(-1)?.action.workflow.workflowId;
    if (started === undefined) throw new Error('the schedule starts no run');
    return started;
  }

  /** It has noticed its last run's end, and may start another. */
  async #untilFree(): Promise<ScheduleInfo> {
    await eventually(async () => (await this.#info()).runningActions).toEqual([]);
    const info = await this.#info();
    const last = info.recentActions.at(-1)?.takenAt.getTime() ?? 0;
    await pause(Math.max(last + betweenRuns - Date.now(), 0));
    return info;
  }

  async #info(): Promise<ScheduleInfo> {
    return (await this.schedule.describe()).info;
  }

  async run(): Promise<ReconcileReport> {
    return this.result(await this.begin());
  }

  workflow(workflowId: string): WorkflowHandle {
    return this.#world.temporal.client.workflow.getHandle(workflowId);
  }

  result(workflowId: string): Promise<ReconcileReport> {
    return this.workflow(workflowId).result() as Promise<ReconcileReport>;
  }

  /** A run without a predecessor, which looks at the last hour. */
  async runAnew(): Promise<ReconcileReport> {
    await this.#world.control.advance('1s');
    const { input } = reconcilePlan(this.#world.business, this.#world.webhookUrl);
    const report: unknown = await this.#world.temporal.client.workflow.execute(reconcileWorkflow, {
      workflowId: `${reconcileWorkflow}-anew-${Date.now()}`,
      taskQueue: taskQueues.threads,
      args: [{ ...input, overlap: 3_600_000 }],
    });
    return report as ReconcileReport;
  }

  /** Run after run, a quarter of an hour apart, until one comes to the end; all their reports. */
  async runToTheEnd(limit = 12): Promise<readonly ReconcileReport[]> {
    const reports = [await this.run()];
    while (reports.at(-1)?.isComplete !== true && reports.length < limit) {
      await this.#world.control.advance('15m');
      reports.push(await this.run());
    }
    return reports;
  }
}
