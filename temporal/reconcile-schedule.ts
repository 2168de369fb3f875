/**
 * The schedule that runs `reconcile`: created or changed to what the settings say, by every worker that
 * starts, as often as it likes. Each run is handed the result of the one before, so the schedule is
 * never deleted: switched off, it is paused, and an operator's own pause is left alone.
 */
import {
  Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ConnectionLike,
  type ScheduleDescription,
  type ScheduleOptions,
} from '@temporalio/client';
import {
  reconcileSchedule,
  reconcileWorkflow,
  taskQueues,
  type ReconcileInput,
} from '../workflows/contract.js';

export type ReconcilePlan = {
  /** Milliseconds between runs, or `off`. */
  readonly every: number | 'off';
  readonly input: ReconcileInput;
};

export type Scheduled = 'created' | 'changed' | 'unchanged' | 'off';

const offNote = 'off in baton.config.ts';

/** Repeatable, and safe when several workers do it at once. */
export async function scheduleReconcile(
  at: { readonly connection: ConnectionLike; readonly namespace: string },
  plan: ReconcilePlan,
): Promise<Scheduled> {
  const client = new Client(at);
  const handle = client.schedule.getHandle(reconcileSchedule);
  const known = await handle.describe().catch((error: unknown) => {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  });
  if (plan.every === 'off') {
    if (known && !known.state.paused) await handle.pause(offNote);
    return 'off';
  }
  const wanted = scheduleOf(plan.every, plan.input);
  if (!known) return create(client, wanted);
  const wasOff = known.state.paused && known.state.note === offNote;
  if (isAs(known, plan.every, plan.input) && !wasOff) return 'unchanged';
  await handle.update(({ state: { paused, note } }) => ({
    ...wanted,
    state: wasOff ? { paused: false } : { paused, ...(note !== undefined && { note }) },
  }));
  return 'changed';
}

async function create(client: Client, wanted: ReturnType<typeof scheduleOf>): Promise<Scheduled> {
  try {
    await client.schedule.create({ scheduleId: reconcileSchedule, ...wanted });
    return 'created';
  } catch (error) {
    // Another worker was quicker, with the same settings.
    if (error instanceof ScheduleAlreadyRunning) return 'unchanged';
    throw error;
  }
}

function scheduleOf(every: number, input: ReconcileInput) {
  return {
    spec: { intervals: [{ every }] },
    action: {
      type: 'startWorkflow',
      workflowType: reconcileWorkflow,
      workflowId: reconcileWorkflow,
      taskQueue: taskQueues.threads,
      args: [input],
      staticSummary: 'Looks for what webhooks never brought',
    },
    // A run that was missed is made up for by the next one, which looks at its time too.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
}

function isAs({ spec, action }: ScheduleDescription, every: number, input: ReconcileInput) {
  const [interval] = spec.intervals ?? [];
  return interval?.every === every && JSON.stringify(action.args) === JSON.stringify([input]);
}
