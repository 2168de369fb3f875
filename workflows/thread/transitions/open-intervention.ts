/** The intervention that the bot opens itself. */
import type { ThreadState } from '../state/state.js';
import { owe } from '../state/outbox.js';
import type { OwedReply } from '../state/outbox-item.js';

/** Once an episode: whether it opens or is refused, the reply goes out next. */
export function openBefore(state: ThreadState, reply: OwedReply): ThreadState {
  const { epoch, owed, episode } = state;
  const key = `${epoch}/open/${reply.inReplyToId}`;
  const open = { do: 'openIntervention', key, epoch, contentId: reply.inReplyToId } as const;
  return owe({ ...state, owed: [], openedInEpisode: episode }, open, ...owed);
}
