/**
 * Returns a thread to the bot: the customer cancelled, no human came, a human fell silent, or an
 * operator returned it. From then on the bot answers, and events of humans from before the return have
 * no effect.
 */
import { assignCategory } from './categories.js';
import { notifyCustomer } from './handover.js';
import type { Move } from '../../contract/lifecycle.js';
import { changePhase, isSameOwner } from './phase.js';
import type { ThreadState } from '../state/state.js';
import { withOwnership } from '../state/ownership.js';
import { leaveToBot, withoutHandedOver } from './unanswered.js';

type Return = {
  readonly why: string;
  /** Text sent to the customer. */
  readonly say?: string | undefined;
};

/**
 * False after an emergency or a change of category outside Baton: then neither the customer nor a timer
 * returns the thread, because an agent's decision cannot be distinguished from the account's emergency rule.
 */
export function mayReturnToBot({ ownership: { reason } }: ThreadState): boolean {
  return reason !== 'emergency' && reason !== 'categoryChanged';
}

/** Everything unanswered becomes the bot's next turn. */
export function backToBot(
  state: ThreadState,
  by: Move,
  { why, say }: Return,
  now: number,
): ThreadState {
  const asked = by === 'handoverCancelled' ? withoutHandedOver(state) : state;
  const moved = changePhase(asked, by, { why }, now);
  if (isSameOwner(moved, state)) return moved;
  const owned = withOwnership(moved, {
    humanDoneIssuedAt: moved.inbox.newestIssuedAt,
    humanSinceIssuedAt: undefined,
  });
  const back = leaveToBot(owned, now);
  return notifyCustomer(assignCategory(back, 'bot'), say, 'back', 'bot');
}
