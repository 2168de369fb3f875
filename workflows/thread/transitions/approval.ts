/**
 * An agent's reply that waits for another agent's approval. The human has the thread, but the customer has not
 * received a word: what they wrote stays unanswered, and escalations go on, until the reply is published. Then
 * its words count from the time when they were written: they do not answer what the customer wrote since.
 *
 * A reply that is never approved answers nothing: no event reports that.
 */
import type { ContentEvent } from '../../contract/engage-event.js';
import { withHuman } from '../state/human.js';
import { withInbox } from '../state/inbox.js';
import { recorded, type ThreadState } from '../state/state.js';
import { humanEngaged } from './takeover.js';

const limit = 20;

/** Handles a reply that waits. Its approval may have been reported first. */
export function replyWaits(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const { content, issuedAt } = event;
  if (recorded(state, content.id)) return state;
  const waiting = [...(state.human.waitingReplies ?? []), { contentId: content.id, issuedAt }];
  const known = withHuman(state, { waitingReplies: waiting.slice(-limit) });
  // The platform counts it already: its approval does not count it again.
  const countedAhead = [...state.inbox.countedAhead, content.id];
  const why = 'an agent wrote a reply that waits for approval';
  return humanEngaged(withInbox(known, { countedAhead }), { issuedAt, why }, now);
}

/** When the words of an agent's content were written, if another event has reported that. */
export function writtenAt(state: ThreadState, contentId: string): number | undefined {
  const waiting = state.human.waitingReplies?.find((one) => one.contentId === contentId);
  return (recorded(state, contentId) ?? waiting)?.issuedAt;
}

/** The reply is published. */
export function withoutWaiting(state: ThreadState, contentId: string): ThreadState {
  const { waitingReplies } = state.human;
  if (!waitingReplies) return state;
  const left = waitingReplies.filter((one) => one.contentId !== contentId);
  return withHuman(state, { waitingReplies: left.length > 0 ? left : undefined });
}
