/**
 * Returns a thread to the bot: the customer cancelled, no human came, a human fell silent, or an
 * operator returned it. From then on the bot answers, and events of humans from before the return have
 * no effect.
 */
import { assignCategory } from './categories.js';
import { notifyCustomer } from './handover.js';
import type { Move } from '../../contract/lifecycle.js';
import { changePhase } from './phase.js';
import type { ThreadState } from '../state/state.js';
import type { WaitingContent } from '../state/turn.js';
import { withConversation } from '../state/conversation.js';
import { withOwnership } from '../state/ownership.js';

type WayBack = {
  readonly why: string;
  /** Text sent to the customer. */
  readonly say?: string | undefined;
  /** Customer contents that no human has answered; they become the bot's next turn. */
  readonly unanswered?: readonly WaitingContent[];
};

export function backToBot(state: ThreadState, by: Move, way: WayBack, now: number): ThreadState {
  const moved = changePhase(state, by, { why: way.why }, now);
  if (moved.ownership.phase !== 'bot') return moved;
  const back: ThreadState = withConversation(
    withOwnership(moved, {
      humanDoneIssuedAt: moved.inbox.newestIssuedAt,
      humanSinceIssuedAt: undefined,
    }),
    { waiting: way.unanswered ?? moved.conversation.waiting },
  );
  return notifyCustomer(assignCategory(back, 'bot'), way.say, 'back', 'bot');
}
