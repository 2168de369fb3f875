/**
 * Whose category the thread is in. Categories decide who sees a thread on the platform; others may
 * change them at any time, and nobody tells us: on any contradiction the thread is read.
 */
import type { Content } from './engage-event.js';
import { owe } from './outbox.js';
import { changePhase, lockThread } from './phase.js';
import { raiseAttention, type ThreadState } from './state.js';
import { isFailure, type Failure, type ReadThreadOutcome } from './work.js';

/** Owe the platform a change of category, unless the thread is there already. */
export function place(state: ThreadState, to: 'bot' | 'agent'): ThreadState {
  if (state.placedWith === to && state.work?.do !== 'recategorise') return state;
  const key = `${state.epoch}/to-${to}`;
  return owe(state, { do: 'recategorise', key, epoch: state.epoch, to });
}

/** A customer's content says which categories it was born into: believe agreement, doubt the rest. */
export function compareCategories(state: ThreadState, content: Content): ThreadState {
  const agrees = content.categoryIds.includes(state.settings.categories.bot);
  if (!agrees) return { ...state, categoriesInDoubt: true };
  return { ...state, placedWith: 'bot' };
}

/** The thread was read because its categories were in doubt. */
export function afterRead(
  state: ThreadState,
  outcome: ReadThreadOutcome | Failure,
  now: number,
): ThreadState {
  const next = { ...state, categoriesInDoubt: false };
  if (isFailure(outcome)) return raiseAttention(next, now, 'threadUnreadable');
  if (outcome.isLocked) return lockThread(next, now);
  return afterSight(next, outcome.categoryIds, now);
}

/** We saw the thread's own categories: when the bot's is not among them, somebody took it away. */
export function afterSight(
  state: ThreadState,
  categoryIds: readonly string[],
  now: number,
): ThreadState {
  if (categoryIds.includes(state.settings.categories.bot)) return { ...state, placedWith: 'bot' };
  const next: ThreadState = { ...state, placedWith: 'agent' };
  if (next.phase !== 'bot') return next;
  const why = 'the thread’s categories were changed outside Baton';
  return changePhase(next, 'categoryChanged', { why }, now);
}
