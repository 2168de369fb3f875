/** Handles a new queue position: notifies the Source SDK bot, and stores the position for the thread. */
import { minutesOf } from '../shared/waiting-time.js';
import type { SourceSdkEvent } from '../contract/source-sdk.js';
import { tell, type SourceSdkState, type Place } from './state.js';

type QueueMoved = Extract<SourceSdkEvent, { type: 'queueMoved' }>;

export function queueMoved(state: SourceSdkState, event: QueueMoved, now: number): SourceSdkState {
  if (state.phase !== 'handover') return state;
  const { position, estimatedWait: waitMs } = event;
  const told = tellQueue(state, event, now);
  if (position === undefined || position < 1) return told;
  const id = `place/${state.bornAt.toString(36)}-${told.told}`;
  const place = { id, issuedAt: now, position, ...(waitMs !== undefined && { waitMs }) };
  return saysTheSame(place, state.place) ? told : { ...told, place };
}

/** Ignores differences of seconds. */
function saysTheSame(place: Place, before: Place | undefined): boolean {
  const minutes = ({ waitMs }: Place) => (waitMs === undefined ? waitMs : minutesOf(waitMs));
  return before?.position === place.position && minutes(before) === minutes(place);
}

function tellQueue(
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
  const place = position === undefined ? {} : { position };
  return tell(state, 'queue.update', { ...place, ...wait, unit }, now);
}
