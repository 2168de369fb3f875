/** Opens an intervention in the bot's name before a reply. */
import type { ThreadState } from '../state/state.js';
import { enqueue } from '../state/outbox-operations.js';
import type { ReplyItem } from '../state/outbox-item.js';
import { withHuman } from '../state/human.js';
import { withOutbox } from '../state/outbox.js';

/** At most once per episode: whether it succeeds or is refused, the reply is posted next. */
export function openBefore(state: ThreadState, reply: ReplyItem): ThreadState {
  const {
    ownership: { epoch, episode },
    outbox: { items },
  } = state;
  const key = `${epoch}/open/${reply.inReplyToId}`;
  const open = { do: 'openIntervention', key, epoch, contentId: reply.inReplyToId } as const;
  return enqueue(
    withHuman(withOutbox(state, { items: [] }), { openedInEpisode: episode }),
    open,
    ...items,
  );
}
