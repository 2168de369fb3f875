/** Whether an agent is engaged in a thread. */
import type { Platform } from './platform.js';
import type { Intervention } from '../state.js';

/**
 * Only by an agent's own action: an intervention that a customer's content reopened in its owner's name
 * does not count.
 */
export function isEngaged({ state }: Platform, intervention: Intervention): boolean {
  const { id, thread_id: threadId } = intervention;
  const last = state.journal.findLast(
    ({ name, extra_infos: infos }) =>
      name.startsWith('intervention.') && infos['intervention_id'] === id,
  );
  if (!last || last.user_id !== null) return true;
  return Object.values(state.contents).some(
    ({ thread_id, creator_id: userId, created_at: at }) =>
      thread_id === threadId && userId !== null && at > last.created_at,
  );
}
