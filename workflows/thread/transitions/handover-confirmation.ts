/**
 * Checks that a handover arrived. The platform confirms a recategorization before it has routed the
 * thread; only a task for agents shows that somebody will see it. Without a task in time the
 * categories are set once more, and then attention is raised.
 */
import type { TaskEvent } from '../../contract/engage-event.js';
import { enqueue } from '../state/outbox-operations.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import { withHuman } from '../state/human.js';

/** Starts to wait for a task after the categories have been set. */
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

/** The deadline for a task has passed. */
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
  return note(enqueue(again, step), now, { code: 'handoverRepeated' });
}
