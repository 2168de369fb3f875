/**
 * Where the customer stands while a human is waited for. The platform says so where its channel does;
 * elsewhere those are counted who have waited longer, which is only an estimate.
 */
import type { QueueEvent } from '../../contract/engage-event.js';
import { tell } from './handover.js';
import { decide } from '../../policies/index.js';
import { estimate, type PlaceInQueue } from '../../shared/waiting-time.js';
import { note, type ThreadState } from '../state/state.js';
import { isFailure, type Failure, type WaitingLine } from '../../contract/work.js';
import type { Queue } from '../state/queue.js';
import { withHuman } from '../state/human.js';

const nothingKnown: Queue = { unchanged: 0 };

/** 2 minutes become an hour for those nobody comes to. */
const phaseEntryLimit = 5;

/** The platform has said where the customer stands: on the card always, told where there are rules. */
export function hearQueue(state: ThreadState, event: QueueEvent, now: number): ThreadState {
  if (state.ownership.phase !== 'handover' || event.position < 1) return state;
  const waitMs = event.waitMs === undefined ? {} : { waitMs: Math.max(event.waitMs, 0) };
  const place = { position: event.position, ...waitMs, isEstimate: false, at: now };
  const queue = { ...(state.human.queue ?? nothingKnown), place };
  // What is new may be said as soon as the business allows.
  const isNew = state.human.queue?.place?.position !== place.position;
  return withHuman(state, { queue: isNew ? { ...queue, unchanged: 0 } : queue });
}

/** When to look next; absent while nobody waits, or something else comes first. */
export function placeAt(state: ThreadState): number | undefined {
  const {
    settings,
    ownership: { phase, reason },
    outbox: { items: owed, inFlight: work },
    conversation: { lastCustomerContent },
    human: { queue },
  } = state;
  if (!settings.queue || phase !== 'handover' || owed.length > 0 || work) return undefined;
  // In an emergency nobody is told anything by us.
  if (reason === 'emergency' || !lastCustomerContent) return undefined;
  if (queue?.lookedAt === undefined) return state.ownership.since;
  return (
    queue.lookedAt + settings.queue.tellEvery * 2 ** Math.min(queue.unchanged, phaseEntryLimit)
  );
}

/** Known from the platform: nobody need be asked. */
export function platformsPlace({ human: { queue } }: ThreadState): PlaceInQueue | undefined {
  return queue?.place?.isEstimate === false ? queue.place : undefined;
}

/** Who else waits was asked. Not knowing is no reason to say anything. */
export function afterPlace(
  state: ThreadState,
  outcome: WaitingLine | Failure,
  now: number,
): ThreadState {
  // The platform may have said it meanwhile.
  const known = platformsPlace(state);
  if (known) return tellPlace(state, known, now);
  if (!isFailure(outcome)) {
    return tellPlace(state, estimate(outcome, now - state.ownership.since, now), now);
  }
  const { unchanged, ...queue } = state.human.queue ?? nothingKnown;
  const looked = withHuman(state, { queue: { ...queue, lookedAt: now, unchanged: unchanged + 1 } });
  return note(looked, now, 'place in the queue unknown', outcome.failed);
}

/** The policies say whether the customer hears it. */
export function tellPlace(state: ThreadState, place: PlaceInQueue, now: number): ThreadState {
  const { told, unchanged } = state.human.queue ?? nothingKnown;
  const decision = decide({ at: 'placeKnown', place, told }, state.settings);
  const says = decision?.do === 'tell' && decision.say !== undefined ? decision.say : undefined;
  const queue: Queue = {
    place,
    lookedAt: now,
    ...(says === undefined ? { ...(told && { told }) } : { told: place }),
    unchanged: says === undefined ? unchanged + 1 : 0,
  };
  const looked = withHuman(state, { queue });
  if (says === undefined) return looked;
  const what = place.isEstimate ? 'told the estimated place' : 'told the place in the queue';
  return tell(note(looked, now, what, `${place.position}`), says, `queue-${now}`, 'afterHandover');
}
