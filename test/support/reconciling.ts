/** The reconciler as a test runs it: its schedule, triggered by hand, and the report of each run. */
import { ScheduleOverlapPolicy, type WorkflowHandle } from '@temporalio/client';
import { vi } from 'vitest';
import { reconcilePlan } from '../../settings/reconcile-plan.js';
import { scheduleReconcile, type Scheduled } from '../../temporal/reconcile-schedule.js';
import {
  reconcileSchedule,
  reconcileWorkflow,
  taskQueues,
  type ReconcileReport,
} from '../../workflows/contract.js';
import type { BusinessSettings } from '../../settings/business.js';
import type { World } from './world.js';

const patience = { timeout: 8_000, interval: 50 };

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
    await this.#world.doors.advance('1s');
    const before = await this.#runs();
    const started = async () => (await this.#runs()).find((id) => !before.includes(id));
    for (let tries = 0; tries < 5; tries += 1) {
      // A schedule starts one run a second at most, and none before it has noticed the last one's end.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      // With the schedule's own policy: it is what hands a run its predecessor's result.
      await this.schedule.trigger(ScheduleOverlapPolicy.SKIP);
      const found = await vi.waitFor(() => defined(started()), patience).catch(() => undefined);
      if (found !== undefined) return found;
    }
    throw new Error('the schedule starts no run');
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
    await this.#world.doors.advance('1s');
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
      await this.#world.doors.advance('15m');
      reports.push(await this.run());
    }
    return reports;
  }

  async #runs(): Promise<readonly string[]> {
    const ids: string[] = [];
    const query = `WorkflowType = "${reconcileWorkflow}"`;
    for await (const { workflowId } of this.#world.temporal.client.workflow.list({ query })) {
      ids.push(workflowId);
    }
    return ids;
  }
}

async function defined<T>(value: Promise<T | undefined>): Promise<T> {
  const known = await value;
  if (known === undefined) throw new Error('not yet');
  return known;
}
