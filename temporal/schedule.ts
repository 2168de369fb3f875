/**
 * Creates or updates a schedule according to the settings; every worker does so at start. It is never
 * deleted: `off` pauses it, and an operator's own pause is not changed.
 */
import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleDescription,
  type ScheduleOptions,
} from '@temporalio/client';
import { clientAt, type At } from './client.js';
import { taskQueues } from '../workflows/contract/index.js';

export type WantedSchedule = {
  readonly scheduleId: string;
  /** Milliseconds between runs, or `off`. */
  readonly every: number | 'off';
  readonly workflowType: string;
  readonly input: object;
  readonly summary: string;
};

export type Scheduled = 'created' | 'changed' | 'unchanged' | 'off';

const offNote = 'off in baton.config.ts';

/** Idempotent, and safe when several workers do it at once. */
export async function arrangeSchedule(at: At, wanted: WantedSchedule): Promise<Scheduled> {
  const { scheduleId, every } = wanted;
  const client = clientAt(at);
  const handle = client.schedule.getHandle(scheduleId);
  const known = await handle.describe().catch((error: unknown) => {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  });
  if (every === 'off') {
    if (known && !known.state.paused) await handle.pause(offNote);
    return 'off';
  }
  const options = optionsOf(wanted, every);
  if (!known) return create(client, scheduleId, options);
  const wasOff = known.state.paused && known.state.note === offNote;
  if (isAs(known, every, wanted.input) && !wasOff) return 'unchanged';
  await handle.update(({ state: { paused, note } }) => ({
    ...options,
    state: wasOff ? { paused: false } : { paused, ...(note !== undefined && { note }) },
  }));
  return 'changed';
}

async function create(
  client: Client,
  scheduleId: string,
  options: ReturnType<typeof optionsOf>,
): Promise<Scheduled> {
  try {
    await client.schedule.create({ scheduleId, ...options });
    return 'created';
  } catch (error) {
    // Another worker was faster, with the same settings.
    if (error instanceof ScheduleAlreadyRunning) return 'unchanged';
    throw error;
  }
}

function optionsOf({ workflowType, input, summary }: WantedSchedule, every: number) {
  return {
    spec: { intervals: [{ every }] },
    action: {
      type: 'startWorkflow',
      workflowType,
      workflowId: workflowType,
      taskQueue: taskQueues.threads,
      args: [input],
      staticSummary: summary,
    },
    // No catch-up of missed runs: the next run covers their time, too.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
}

function isAs({ spec, action }: ScheduleDescription, every: number, input: object) {
  const [interval] = spec.intervals ?? [];
  return interval?.every === every && JSON.stringify(action.args) === JSON.stringify([input]);
}
