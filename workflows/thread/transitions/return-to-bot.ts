/**
 * Back to the bot: because the customer called off, nobody came, a human fell silent, or an operator
 * says so. From here on the bot answers, and no older fact of a human takes the thread away again.
 */
import { place } from './categories.js';
import { tell } from './handover.js';
import type { Move } from '../../contract/lifecycle.js';
import { changePhase } from './phase.js';
import type { ThreadState } from '../state/state.js';
import type { WaitingContent } from '../state/turn.js';
import { withConversation } from '../state/conversation.js';
import { withOwnership } from '../state/ownership.js';

type WayBack = {
  readonly why: string;
  /** What the customer hears. */
  readonly say?: string | undefined;
  /** What the customer said that no human answered: the bot's next turn. */
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
  return tell(place(back, 'bot'), way.say, 'back', 'bot');
}
