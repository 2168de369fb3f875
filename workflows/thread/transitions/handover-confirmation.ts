/**
 * Did a handover arrive? The platform answers a recategorization before it has routed anything; only a
 * task for humans shows that somebody will see the thread. Without one in time the categories are set
 * once more, and then a person is called.
 */
import type { TaskEvent } from '../../contract/engage-event.js';
import { owe } from '../state/outbox-operations.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import { withHuman } from '../state/human.js';

/** The categories are set: from now on a task is expected. */
export function awaitTask(state: ThreadState, now: number): ThreadState {
  const isAwaited = state.settings.confirmHandoverWithin !== undefined && !state.human.confirmation;
  if (
    state.ownership.phase !== 'handover' ||
    !isAwaited ||
    state.human.taskSeenInEpoch === state.ownership.epoch
  )
    return state;
  return withHuman(state, { confirmation: { since: now, tries: 0 } });
}

export function confirmHandover(state: ThreadState, event: TaskEvent): ThreadState {
  if (state.ownership.phase !== 'handover' || event.issuedAt <= state.ownership.sinceIssuedAt)
    return state;
  return withHuman(state, { confirmation: undefined, taskSeenInEpoch: state.ownership.epoch });
}

export function confirmAt({
  human: { confirmation: unconfirmed },
  settings,
}: ThreadState): number | undefined {
  const within = settings.confirmHandoverWithin;
  return unconfirmed && within !== undefined ? unconfirmed.since + within : undefined;
}

/** No task in time. */
export function afterNoTask(state: ThreadState, now: number): ThreadState {
  const {
    human: { confirmation: unconfirmed },
    ownership: { epoch },
  } = state;
  if (!unconfirmed) return state;
  if (unconfirmed.tries > 0) {
    const raised = raiseAttention(state, now, 'handoverUnconfirmed');
    return withHuman(raised, { confirmation: undefined });
  }
  const again = withHuman(state, { confirmation: { since: now, tries: 1 } });
  const step = {
    do: 'recategorise',
    key: `${epoch}/again`,
    epoch,
    to: 'agent',
    isAgain: true,
  } as const;
  return note(owe(again, step), now, 'handing over again', 'the platform made no task of it');
}
