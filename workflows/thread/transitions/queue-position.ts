/**
 * Queue position of a customer who waits for a human. Where the channel supports it, the platform
 * reports it; elsewhere it is estimated from the number of customers who have waited longer.
 */
import type { QueueEvent } from '../../contract/engage-event.js';
import { notifyCustomer } from './handover.js';
import { decide } from '../../policies/index.js';
import { estimate, type QueuePosition } from '../../shared/waiting-time.js';
import { nextOpenAt } from '../../shared/working-time.js';
import { note, type ThreadState } from '../state/state.js';
import { isFailure, type Failure, type WaitingLine } from '../../contract/work.js';
import type { Queue } from '../state/queue.js';
import { withHuman } from '../state/human.js';

const newQueue: Queue = { unchanged: 0 };

/** Limit of the backoff: 2 minutes grow to about an hour while nothing changes. */
const phaseEntryLimit = 5;

/**
 * Applies the platform's report: always on the card, and sent to the customer where the source has
 * rules.
 */
export function handleQueueEvent(state: ThreadState, event: QueueEvent, now: number): ThreadState {
  if (state.ownership.phase !== 'handover' || event.position < 1) return state;
  const waitMs = event.waitMs === undefined ? {} : { waitMs: Math.max(event.waitMs, 0) };
  const current = { position: event.position, ...waitMs, isEstimate: false, at: now };
  const queue = { ...(state.human.queue ?? newQueue), current };
  // Resets the backoff, so that a change is sent as soon as the settings allow.
  const isNew = state.human.queue?.current?.position !== current.position;
  return withHuman(state, { queue: isNew ? { ...queue, unchanged: 0 } : queue });
}

/** Time of the next poll, within opening hours; absent while nobody waits or the outbox is busy. */
export function queuePollAt(state: ThreadState): number | undefined {
  const {
    settings,
    ownership: { phase, reason },
    outbox: { items, inFlight: work },
    conversation: { lastCustomerContent },
    human: { queue },
  } = state;
  if (!settings.queue || phase !== 'handover' || items.length > 0 || work) return undefined;
  // In an emergency Baton sends the customer nothing.
  if (reason === 'emergency' || !lastCustomerContent) return undefined;
  const pause = settings.queue.tellEvery * 2 ** Math.min(queue?.unchanged ?? 0, phaseEntryLimit);
  const due = queue?.lookedAt === undefined ? state.ownership.since : queue.lookedAt + pause;
  return nextOpenAt(settings.hours, due);
}

/** The position if the platform has reported it, in which case no poll is needed. */
export function platformPosition({ human: { queue } }: ThreadState): QueuePosition | undefined {
  return queue?.current?.isEstimate === false ? queue.current : undefined;
}

/** Applies the result of a poll. If it failed, nothing is sent to the customer. */
export function afterQueuePosition(
  state: ThreadState,
  outcome: WaitingLine | Failure,
  now: number,
): ThreadState {
  // The platform may have reported it meanwhile.
  const reported = platformPosition(state);
  if (reported) return notifyQueuePosition(state, reported, now);
  if (!isFailure(outcome)) {
    return notifyQueuePosition(state, estimate(outcome, now - state.ownership.since, now), now);
  }
  const { unchanged, ...queue } = state.human.queue ?? newQueue;
  const looked = withHuman(state, { queue: { ...queue, lookedAt: now, unchanged: unchanged + 1 } });
  return note(looked, now, { code: 'queuePositionUnknown', failure: outcome.failed });
}

/** The policies decide whether the customer is notified. */
export function notifyQueuePosition(
  state: ThreadState,
  current: QueuePosition,
  now: number,
): ThreadState {
  const { lastSent, unchanged } = state.human.queue ?? newQueue;
  const decision = decide(
    { at: 'queuePositionKnown', queuePosition: current, lastSent },
    state.settings,
  );
  const says = decision?.do === 'tell' && decision.say !== undefined ? decision.say : undefined;
  const queue: Queue = {
    current,
    lookedAt: now,
    ...(says === undefined ? { ...(lastSent && { lastSent }) } : { lastSent: current }),
    unchanged: says === undefined ? unchanged + 1 : 0,
  };
  const looked = withHuman(state, { queue });
  if (says === undefined) return looked;
  const { position, isEstimate } = current;
  const noted = note(looked, now, { code: 'queuePositionSent', position, isEstimate });
  return notifyCustomer(noted, says, `queue-${now}`, 'afterHandover');
}
