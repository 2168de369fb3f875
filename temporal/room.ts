/**
 * Refuses a signal that its run may have no room for: Temporal ends a run whose history is larger than
 * 50 MB, and with it what was acknowledged before. This can happen while no worker runs, because only a
 * worker continues a run as new (`workflows/shared/run-length.ts`). The caller answers 503, and the platform
 * sends the delivery again.
 *
 * Each process counts the bytes that it has signalled to a run, and asks Temporal for the run's size only
 * after `lookAfter` of them. `most` leaves room for what sixty processes have not counted yet.
 * Temporal itself refuses a signal beyond 10,000 in a run, which ends nothing.
 */
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { clientAt, type At } from './client.js';
import { unlessThere } from './unless-there.js';

export class RunFull extends Error {
  override readonly name = 'RunFull';
}

export type RoomOptions = {
  /** Bytes of history of a run that takes no more signals; far below Temporal's limit, 50 MB. */
  readonly most?: number;
  /** Bytes signalled to a run between two looks at its size. */
  readonly lookAfter?: number;
};

/** Runs with counted bytes; the one signalled longest ago is forgotten first. */
const countedRuns = 20_000;

export function createRoom(
  at: At,
  { most = 20_000_000, lookAfter = 500_000 }: RoomOptions = {},
): WorkflowClientInterceptor {
  const { workflow } = clientAt(at);
  /** Bytes signalled since the last look, by workflow id. */
  const unseen = new Map<string, number>();

  async function enter(workflowId: string, args: readonly unknown[]): Promise<void> {
    const bytes = (unseen.get(workflowId) ?? 0) + Buffer.byteLength(JSON.stringify(args));
    count(workflowId, bytes);
    if (bytes < lookAfter) return;
    const run = await workflow.getHandle(workflowId).describe().catch(unlessThere);
    const isRunning = run?.status.name === 'RUNNING';
    // The count stays, so that the next signal looks again.
    if (isRunning && (run.historySize ?? 0) >= most) throw new RunFull('the run has no room left');
    count(workflowId, 0);
  }

  function count(workflowId: string, bytes: number): void {
    unseen.delete(workflowId);
    unseen.set(workflowId, bytes);
    const [oldest] = unseen.keys();
    if (unseen.size > countedRuns && oldest !== undefined) unseen.delete(oldest);
  }

  return {
    async signal(input, next) {
      await enter(input.workflowExecution.workflowId, input.args);
      return next(input);
    },
    async signalWithStart(input, next) {
      await enter(input.options.workflowId, input.signalArgs);
      return next(input);
    },
  };
}
