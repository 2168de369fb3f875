/** Handles a new queue position: notifies the Source SDK bot, and stores the position for the thread. */
import { minutesOf } from '../shared/waiting-time.js';
import type { SourceSdkEvent } from '../contract/source-sdk.js';
import { enqueueUpdate, type SourceSdkState, type QueuePosition } from './state.js';

type QueueMoved = Extract<SourceSdkEvent, { type: 'queueMoved' }>;

export function queueMoved(state: SourceSdkState, event: QueueMoved, now: number): SourceSdkState {
  if (state.phase !== 'handover') return state;
  const { position, estimatedWait: waitMs } = event;
  const next = sendQueueUpdate(state, event, now);
  if (position === undefined || position < 1) return next;
  const id = `queue/${state.bornAt.toString(36)}-${next.updateNumber}`;
  const queuePosition = { id, issuedAt: now, position, ...(waitMs !== undefined && { waitMs }) };
  return saysTheSame(queuePosition, state.queuePosition) ? next : { ...next, queuePosition };
}

/** Ignores differences of seconds. */
function saysTheSame(queuePosition: QueuePosition, before: QueuePosition | undefined): boolean {
  const minutes = ({ waitMs }: QueuePosition) =>
    waitMs === undefined ? waitMs : minutesOf(waitMs);
  return before?.position === queuePosition.position && minutes(before) === minutes(queuePosition);
}

function sendQueueUpdate(
  state: SourceSdkState,
  { position, estimatedWait }: QueueMoved,
  now: number,
): SourceSdkState {
  const { queueUnit: unit } = state.settings;
  const wait =
    estimatedWait === undefined
      ? {}
      : {
          estimated_wait_time:
            unit === 'seconds' ? Math.round(estimatedWait / 1000) : estimatedWait,
        };
  const queuePosition = position === undefined ? {} : { position };
  return enqueueUpdate(state, 'queue.update', { ...queuePosition, ...wait, unit }, now);
}
