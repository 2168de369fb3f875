/**
 * Did a handover arrive? The platform answers a recategorization before it has routed anything; only a
 * task for humans shows that somebody will see the thread. Without one in time the categories are set
 * once more, and then a person is called.
 */
import type { TaskEvent } from '../../contract/engage-event.js';
import { owe } from '../state/outbox.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';

/** The categories are set: from now on a task is expected. */
export function awaitTask(state: ThreadState, now: number): ThreadState {
  const isAwaited = state.settings.confirmHandoverWithin !== undefined && !state.unconfirmed;
  if (state.phase !== 'handover' || !isAwaited || state.taskSeenInEpoch === state.epoch)
    return state;
  return { ...state, unconfirmed: { since: now, tries: 0 } };
}

export function confirmHandover(state: ThreadState, event: TaskEvent): ThreadState {
  if (state.phase !== 'handover' || event.issuedAt <= state.phaseSinceIssuedAt) return state;
  return { ...state, unconfirmed: undefined, taskSeenInEpoch: state.epoch };
}

export function confirmAt({ unconfirmed, settings }: ThreadState): number | undefined {
  const within = settings.confirmHandoverWithin;
  return unconfirmed && within !== undefined ? unconfirmed.since + within : undefined;
}

/** No task in time. */
export function afterNoTask(state: ThreadState, now: number): ThreadState {
  const { unconfirmed, epoch } = state;
  if (!unconfirmed) return state;
  if (unconfirmed.tries > 0) {
    const raised = raiseAttention(state, now, 'handoverUnconfirmed');
    return { ...raised, unconfirmed: undefined };
  }
  const again = { ...state, unconfirmed: { since: now, tries: 1 } };
  const step = {
    do: 'recategorise',
    key: `${epoch}/again`,
    epoch,
    to: 'agent',
    isAgain: true,
  } as const;
  return note(owe(again, step), now, 'handing over again', 'the platform made no task of it');
}
