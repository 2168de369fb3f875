/** The intervention that the bot opens itself. */
import type { ThreadState } from '../state/state.js';
import { owe } from '../state/outbox-operations.js';
import type { ReplyItem } from '../state/outbox-item.js';
import { withHuman } from '../state/human.js';
import { withOutbox } from '../state/outbox.js';

/** Once an episode: whether it opens or is refused, the reply goes out next. */
export function openBefore(state: ThreadState, reply: ReplyItem): ThreadState {
  const {
    ownership: { epoch, episode },
    outbox: { items: owed },
  } = state;
  const key = `${epoch}/open/${reply.inReplyToId}`;
  const open = { do: 'openIntervention', key, epoch, contentId: reply.inReplyToId } as const;
  return owe(
    withHuman(withOutbox(state, { items: [] }), { openedInEpisode: episode }),
    open,
    ...owed,
  );
}
